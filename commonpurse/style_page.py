"""The page of parts: every piece that pages are put together from, with words and figures as they would really be."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from commonpurse.pages import SignedIn, page
from ledger.forms import DayField, PoundsField
from reports.rules.charts import Part, Whole, drawn
from reports.rules.tables import Bar, Picture

YEAR = Whole(
    key="year",
    title="Your money this year",
    parts=(
        Part(words="Spent", meaning="paid for already", pence=3_104_50),
        Part(words="Promised", meaning="kept for what is agreed", pence=2_210_00),
        Part(words="In my pool", meaning="yours, put in together", pence=880_00),
        Part(words="Left", meaning="yours to use", pence=3_405_90),
    ),
)
PRICES = Picture(
    key="prices",
    title="One hour of care, alone and together",
    description="An hour costs £22.40 alone and £17.85 together. A minibus trip costs £31.00 alone and £6.20 together.",
    series=("Alone", "Together"),
    bars=(
        Bar(label="One hour of care", pence=22_40, series=0),
        Bar(label="One hour of care", pence=17_85, series=1),
        Bar(label="One minibus trip", pence=31_00, series=0),
        Bar(label="One minibus trip", pence=6_20, series=1),
    ),
)
TASKS = [
    {"words": "What you do together", "address": "#tasks", "state": "Done"},
    {
        "words": "What happens on holiday",
        "address": "#tasks",
        "state": "To do",
        "colour": "blue",
        "hint": "Who pays when you are away for a week or more",
    },
    {"words": "Sign", "state": "Cannot start yet", "hint": "First answer the questions above"},
]
STEPS = [
    {"words": "You asked to join", "when": "Monday 4 May 2026", "who": "Amina Yusuf"},
    {
        "words": "The members said yes",
        "when": "Thursday 7 May 2026",
        "detail": "Welcome! We meet on Tuesdays in the kitchen.",
    },
    {"words": "Your social worker looks at your plan", "who": "Priya Shah", "is_now": True},
    {"words": "You are a member", "is_to_come": True},
]
ANSWERS = [
    {
        "value": "yes",
        "label": "Yes",
        "picture": "yes",
        "meaning": "You get 6 hours a week. It costs you £107.10 a month.",
    },
    {"value": "no", "label": "No", "picture": "no", "meaning": "Nothing changes. You keep 4 hours a week."},
    {
        "value": "unsure",
        "label": "Not sure",
        "picture": "unsure",
        "meaning": "Your vote counts as being there.",
    },
]
FACTS = [
    ("Cluster", "Elm Street neighbours", None),
    ("From your council money", "£120.00", "#facts"),
    ("From your health money", "£40.00", "#facts"),
]
TAGS = [("Agreed", "green"), ("Waiting", "yellow"), ("To do", "blue"), ("Late", "red"), ("Over", "grey")]
TRAIL = [("Reports", "#where"), ("Testshire Council", "#where")]
NEXT = [
    "The members say whether you can join, by Monday 11 May 2026.",
    "Priya Shah, your social worker, looks at whether it fits your plan.",
    "We write to you. Until then nothing moves.",
]
PICTURES = ("money", "pool", "people", "helper", "calendar", "letter", "house", "minibus", "meal", "music")


class Questions(forms.Form):
    """One question of each kind."""

    amount = PoundsField(
        label="How much would you put in?", help_text="£95.40 is left in your council money."
    )
    joins_on = DayField(
        label="From which day?", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    rule = forms.ChoiceField(
        label="How do you share the minibus?",
        help_text="You can change this together later.",
        choices=[("equal", "Everybody pays the same"), ("by_use", "Each pays for their own seat")],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label="On which days?",
        choices=[("mon", "Monday"), ("wed", "Wednesday"), ("fri", "Friday")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    place = forms.ChoiceField(
        label="Where?", choices=[("elm", "Elm Street"), ("park", "Park Row")], required=False
    )
    words = forms.CharField(
        label="In your own words",
        help_text="What would make a good week?",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    is_agreed = forms.BooleanField(label="I have read it, or it was read to me", required=False)


@require_GET
def styles(request: SignedIn) -> HttpResponse:
    """Show every part to whoever works for a council; `?with=errors` shows the questions with something amiss."""
    if not request.user.roles.exists():
        raise Http404
    form = Questions({"amount": "a lot"} if request.GET.get("with") == "errors" else None)
    return page(request, "styles/styles.html", form=form, **_examples())


def _examples() -> dict[str, Any]:
    return {
        "whole": YEAR,
        "chart": drawn(PRICES),
        "tasks": TASKS,
        "steps": STEPS,
        "answers": ANSWERS,
        "facts": FACTS,
        "tags": TAGS,
        "trail": TRAIL,
        "next_steps": NEXT,
        "pictures": PICTURES,
    }
