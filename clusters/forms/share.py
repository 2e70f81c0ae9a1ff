"""How much somebody takes back of their share, and the button that makes it so."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _

from clusters.queries.share import ShareOf
from ledger.forms import PoundsField
from ledger.pennies import in_pounds


class LessForm(forms.Form):
    """How much to take back of which kind of money; one question for each kind of which anything is free."""

    def __init__(self, *args: Any, parts: Sequence[ShareOf], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {f"from-{part.stream.code}": part for part in parts if part.free_pence > 0}
        for name, part in self.parts.items():
            self.fields[name] = PoundsField(
                label=_("Of your %(stream)s") % {"stream": part.stream.name},
                help_text=_("%(amount)s is free. Leave this empty to take back nothing.")
                % {"amount": in_pounds(part.free_pence)},
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse, with the figure, more than is free, and nothing at all."""
        cleaned = super().clean() or {}
        for name, part in self.parts.items():
            if (cleaned.get(name) or 0) > part.free_pence:
                self.add_error(name, self._too_much(part, cleaned[name]))
        if self.parts and not self.errors and not any(cleaned.values()):
            self.add_error(next(iter(self.parts)), _("Say how much you want to take back."))
        return cleaned

    def amounts(self) -> dict[str, int]:
        """Give what they would take back, in pence by the stream's code."""
        asked = {part.stream.code: self.cleaned_data[name] for name, part in self.parts.items()}
        return {code: pence for code, pence in asked.items() if pence}

    def _too_much(self, part: ShareOf, pence: int) -> str:
        said = {"amount": in_pounds(pence), "free": in_pounds(part.free_pence), "stream": part.stream.name}
        sentences = (
            _("You can’t take back %(amount)s: %(free)s of your %(stream)s is free."),
            _("You can take back up to %(free)s."),
        )
        return " ".join(words % said for words in sentences)


class SureForm(forms.Form):
    """The button that makes it so. It carries a number of its own, so that pressing it twice does it once."""

    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["request_id"].initial = uuid4()

    @property
    def number(self) -> UUID:
        """The form's own number."""
        number: UUID = self.cleaned_data["request_id"]
        return number
