"""What somebody says to a question that is about them."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 4_000


class HeardForm(forms.Form):
    """Their side, in their own words."""

    words = forms.CharField(
        label=_("What do you want the others to know?"),
        help_text=_(
            "The members read this beside the question. You can write it again until they have decided."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write what you want the others to know.")},
    )
