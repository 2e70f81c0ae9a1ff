"""The questions about where a provider's systems listen."""

from typing import Any

from django import forms

from invoices.models import WebhookEvent
from invoices.rules.webhooks import LONGEST_URL
from providers.forms import REAL, SANDBOX, OnceForm
from providers.models import Provider


class AddEndpointForm(OnceForm):
    """Where a system listens, to what, and whether it only practises."""

    provider = forms.ModelChoiceField(
        label="Whose system is it?",
        queryset=Provider.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whose system it is.", "invalid_choice": "Choose one of these."},
    )
    url = forms.CharField(
        label="Where does your system listen?",
        help_text="An address that begins with https:// and that the internet reaches. We send it a POST each time.",
        max_length=LONGEST_URL,
        error_messages={"required": "Write the address where your system listens."},
    )
    kind = forms.ChoiceField(
        label="What should it hear of?",
        choices=[
            (SANDBOX, "Of what your systems do while practising"),
            (REAL, "Of real invoices and payments"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is for practising or for what is real."},
    )
    events = forms.MultipleChoiceField(
        label="When should we tell it?",
        choices=WebhookEvent.choices,
        initial=WebhookEvent.values,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one thing to be told of."},
    )

    def __init__(self, *args: Any, employers: list[Provider], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose = self.fields["provider"]
        assert isinstance(whose, forms.ModelChoiceField)
        whose.queryset = Provider.objects.filter(pk__in=[provider.pk for provider in employers])
        if len(employers) == 1:
            whose.initial, whose.widget = employers[0].pk, forms.HiddenInput()

    def wanted(self) -> dict[str, Any]:
        """Give what was said, as the action takes it."""
        said = self.cleaned_data
        return {
            "endpoint_id": said["once"],
            "provider": said["provider"],
            "url": said["url"].strip(),
            "events": said["events"],
            "is_sandbox": said["kind"] == SANDBOX,
        }


class RotateSecretForm(forms.Form):
    """A new secret, and how long messages are signed with the older one as well."""

    overlap = forms.ChoiceField(
        label="How long should we sign with the older secret as well?",
        help_text="Long enough to put the new one into your system. If somebody else may know the old one: not at all.",
        choices=[("0", "Not at all"), ("1", "An hour"), ("24", "A day"), ("168", "A week")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how long we should sign with both."},
    )


class SureForm(forms.Form):
    """Something is done only by somebody who means it. `words`: what the box says."""

    sure = forms.BooleanField(error_messages={"required": "Tick the box if you want this."})

    def __init__(self, *args: Any, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"].label = words
