"""How much somebody would put in, and from which of their money."""

from collections.abc import Sequence
from typing import Any

from django import forms

from clusters.queries import Offer
from ledger.forms import PoundsField
from ledger.pennies import in_pounds
from people.models import Person


class HowMuchForm(forms.Form):
    """How much from which of somebody's money; one question for each stream that has anything left."""

    def __init__(self, *args: Any, parts: Sequence[Offer], person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {f"from-{part.stream.code}": part for part in parts if part.left_pence > 0}
        self.whom_to_ask = (
            f"{person.lead_professional}, your social worker," if person.lead_professional else "your council"
        )
        for name, part in self.parts.items():
            self.fields[name] = PoundsField(
                label=f"From your {part.stream.name}",
                help_text=f"{in_pounds(part.left_pence)} is left in it. Leave this empty to put in nothing.",
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse, with the figure, more than is left, and nothing at all."""
        cleaned = super().clean() or {}
        for name, part in self.parts.items():
            if (cleaned.get(name) or 0) > part.left_pence:
                self.add_error(name, self._too_much(part, cleaned[name]))
        if self.parts and not self.errors and not any(cleaned.values()):
            self.add_error(next(iter(self.parts)), "Say how much you would put in. You can start small.")
        return cleaned

    def offer(self) -> dict[str, int]:
        """Give what they would put in, in pence by the stream's code."""
        offered = {part.stream.code: self.cleaned_data[name] for name, part in self.parts.items()}
        return {code: pence for code, pence in offered.items() if pence}

    def _too_much(self, part: Offer, pence: int) -> str:
        left = in_pounds(part.left_pence)
        return (
            f"You can’t put in {in_pounds(pence)} yet: {left} is left in your {part.stream.name}. "
            f"You can put in up to {left}, or ask {self.whom_to_ask} about more."
        )
