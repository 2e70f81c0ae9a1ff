"""How Halima's budget was worked out: what she says, what Priya sees, and who cares for her without pay."""

from commonpurse.demo.shapes import Said

MARYAM = ("maryam@example.org", "Maryam Warsame")  # Halima's niece, who cares for her
MARYAM_CARES = "I cook for my aunt at weekends and sleep there on Sundays."
MARYAM_HOURS = 8
MATTERS = "I want to stay in my own flat, pray on time, and be washed by a woman who speaks Somali with me."
LANGUAGE = "Somali; some English"
COMMUNICATION = "Slowly, and with her hearing aid in. Pictures help more than letters."
CONTACT = "A call after the midday prayer"
# By outcome: the place of the answer (0 asks for the least help), hers and Priya's, and what each of them wrote.
ANSWERS = {
    "nutrition": Said(own=2, seen=2, words="I cannot lift the big pot any more."),
    "hygiene": Said(
        own=3, seen=1, words="Every morning. I am afraid in the bath.", note="A shower seat is ordered."
    ),
    "toilet": Said(own=1, seen=1, note="A rail was put up in March."),
    "clothing": Said(own=2, seen=2, words="Buttons and shoes."),
    "safe-home": Said(own=3, seen=2, words="I fell twice this winter.", note="Two falls; an alarm is worn."),
    "home": Said(own=2, seen=2),
    "relationships": Said(own=1, seen=1, words="The women on Thursdays are my family."),
    "work": Said(own=0, seen=0),
    "community": Said(
        own=2, seen=1, words="I do not go out alone.", note="Goes to the mosque with a neighbour."
    ),
    "own-child": Said(own=0, seen=0),
}
FIRST_CHALLENGE = ("hygiene", "Somebody has to be with me every morning, not once or twice a week.")
FIRST_ANSWER = "You are right about the mornings. The seat helps, but not with your hair and your back."
FIRST_COUNTS = 2
SECOND_CHALLENGE = ("community", "My neighbour is moving away in spring. Who goes with me then?")
GEORGE_MATTERS = "I want my boat. After that, a shower without falling."
WINIFRED_HELPS = "Large print, and time to find my glasses."
WINIFRED_CONTACT = "By telephone before ten, before I sew"
WINIFRED_MATTERS = (
    "I want to get up when I like, and to be at my sewing table by ten. My sister has moved to the coast. I would like "
    "to see her once a month while we both still can."
)
WINIFRED_IF = "Ring Daryeel first, then my neighbour Joan. She has a key."
WINIFRED_NEEDS = "Getting to my sister on the coast"
