"""How much somebody would put in, and from which of their money."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from clusters.queries import Offer
from ledger.forms import PoundsField
from ledger.pennies import in_pounds
from people.models import Person


class HowMuchForm(forms.Form):
    """How much from which of somebody's money; one question for each stream that has anything left."""

    def __init__(self, *args: Any, parts: Sequence[Offer], person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {f"from-{part.stream.code}": part for part in parts if part.left_pence > 0}
        self.worker = person.lead_professional
        for name, part in self.parts.items():
            self.fields[name] = PoundsField(
                label=_("From your %(stream)s") % {"stream": part.stream.name},
                help_text=_("%(amount)s is left in it. Leave this empty to put in nothing.")
                % {"amount": in_pounds(part.left_pence)},
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse, with the figure, more than is left, and nothing at all."""
        cleaned = super().clean() or {}
        for name, part in self.parts.items():
            if (cleaned.get(name) or 0) > part.left_pence:
                self.add_error(name, self._too_much(part, cleaned[name]))
        if self.parts and not self.errors and not any(cleaned.values()):
            self.add_error(next(iter(self.parts)), _("Say how much you would put in. You can start small."))
        return cleaned

    def offer(self) -> dict[str, int]:
        """Give what they would put in, in pence by the stream's code."""
        offered = {part.stream.code: self.cleaned_data[name] for name, part in self.parts.items()}
        return {code: pence for code, pence in offered.items() if pence}

    def _too_much(self, part: Offer, pence: int) -> str:
        said = {"amount": in_pounds(pence), "left": in_pounds(part.left_pence), "stream": part.stream.name}
        sentences = [_("You can’t put in %(amount)s yet: %(left)s is left in your %(stream)s.") % said]
        if self.worker:
            words = _("You can put in up to %(left)s, or ask %(worker)s, your social worker, about more.")
            sentences.append(words % {"left": said["left"], "worker": self.worker})
        else:
            sentences.append(_("You can put in up to %(left)s, or ask your council about more.") % said)
        return " ".join(sentences)
