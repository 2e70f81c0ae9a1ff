"""Records of capacity for tests: what was judged, and by the shortest words that the law asks for."""

from datetime import date, datetime, timedelta
from typing import Any

from people.models import Ability, CapacityOutcome, CapacityRecord, Matter, Person, User
from plans.actions.capacity import InTheirInterest, Judged, record_capacity


def judged_lack(*, on: date, **more: Any) -> Judged:
    """They cannot decide about a direct payment; it is looked at again in four weeks."""
    said: dict[str, Any] = {
        "matter": Matter.DIRECT_PAYMENT,
        "decision": "Having a direct payment, and who looks after it",
        "outcome": CapacityOutcome.LACKS,
        "support": "Pictures, twice, in the morning when she is well.",
        "impairment": "Dementia, diagnosed in 2024.",
        "cannot": [Ability.RETAIN, Ability.WEIGH],
        "because": "She forgets within minutes what a payment is, because of the dementia.",
        "is_more_than_unwise": True,
        "reasons": "Asked three times what the money is for, she answered about her mother.",
        "assessed_date": on,
        "look_again_date": on + timedelta(days=28),
    }
    return Judged(**{**said, **more})


def judged_able(*, on: date, **more: Any) -> Judged:
    """They can decide it themselves."""
    able = {"outcome": CapacityOutcome.HAS, "cannot": (), "because": "", "look_again_date": None}
    return judged_lack(on=on, **{**able, **more})


def make_lack(*, person: Person, by: User, on: date, at: datetime, **more: Any) -> CapacityRecord:
    """It is written down that somebody cannot decide about a direct payment."""
    return record_capacity(person=person, judged=judged_lack(on=on, **more), by=by, on=on, at=at)


def in_her_interest(*, on: date, **more: Any) -> InTheirInterest:
    """Her daughter was asked, and gets the payment for her."""
    said: dict[str, Any] = {
        "wishes": "She wants to stay at home with the carers she knows.",
        "consulted": "Her daughter Leyla.",
        "options": "The council holds the money: that restricts her more, for she would lose her carers.",
        "decision": "Leyla gets the direct payment for her.",
        "reason": "She keeps the carers whom she knows.",
        "decided_date": on,
    }
    return InTheirInterest(**{**said, **more})
