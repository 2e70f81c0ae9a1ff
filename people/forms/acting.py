"""For whom does somebody do things now?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Authority

MYSELF = "me"
NO_LONGER = _("You cannot act for this person any more. Choose again.")


class WhomForm(forms.Form):
    """Choose oneself, or one of those one acts for."""

    whom = forms.ChoiceField(
        label=_("Who do you do things for now?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": NO_LONGER},
    )

    def __init__(self, *args: Any, authorities: Sequence[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._authorities = {str(one.pk): one for one in authorities}
        others = [(key, format_html("<bdi>{}</bdi>", one.person)) for key, one in self._authorities.items()]
        whom = self.fields["whom"]
        assert isinstance(whom, forms.ChoiceField)
        whom.choices = [(MYSELF, gettext("Myself")), *others]

    @property
    def chosen(self) -> Authority | None:
        """Give the authority that was chosen; none: for oneself."""
        return self._authorities.get(self.cleaned_data["whom"])
