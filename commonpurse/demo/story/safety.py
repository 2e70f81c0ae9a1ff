"""What Winston cannot decide now, in everybody's words, and why Joan's money is kept from her nephew."""

from datetime import date

from people.models import Ability, CapacityOutcome, Matter
from plans.actions.capacity import InTheirInterest, Judged

MARCIA = ("marcia@example.org", "Marcia Beckford")  # Winston's daughter
KEITH = ("keith@example.org", "Keith Ackroyd")  # Joan's nephew
WORRY = (
    "Joan told me that Keith asked for her letters and her bank card, and that two hundred pounds are gone since he "
    "does her shopping. She wants to keep seeing him. Passed on to the safeguarding team."
)


def judged_of_winston(on: date, *, again: date) -> Judged:
    """Give what was judged of Winston and a direct payment on a day."""
    return Judged(
        matter=Matter.DIRECT_PAYMENT,
        decision="Having part of the money as a direct payment, and who looks after it",
        outcome=CapacityOutcome.LACKS,
        support="We sat in his kitchen after breakfast, when he is brightest. Coins and envelopes on the table, one "
        "question at a time, Marcia beside him. We tried again two days later.",
        impairment="Vascular dementia. The memory clinic wrote so in March.",
        cannot=[Ability.RETAIN, Ability.WEIGH],
        because="The dementia takes from him within minutes what the money is for, so he cannot set paying the driver "
        "against keeping it for later.",
        is_more_than_unwise=True,
        reasons="He said which driver he likes and that Marcia is good with figures. Asked three times what happens if "
        "the money is spent by Tuesday, he told us about his time on the buses.",
        assessed_date=on,
        look_again_date=again,
    )


def best_for_winston(on: date) -> InTheirInterest:
    """Give what was decided for Winston on a day, and why."""
    return InTheirInterest(
        wishes="To swim on Thursdays, with the driver who knows his chair. No “stranger with my money”.",
        consulted="Marcia Beckford, his daughter: she would do it. Her sister Yvonne, by phone: she is glad of it. His "
        "minister.",
        options="The council pays the driver: safe, but only drivers on its list, and his is not. Waiting: the driver "
        "stops at the end of the month. Marcia looks after it: he keeps his driver, and decides each week where to go.",
        decision="Marcia gets the direct payment for the driver, as his authorised person.",
        reason="It is what he wants, it changes least, and it can be ended on any day.",
        decided_date=on,
    )
