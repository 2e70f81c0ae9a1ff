"""The two questions of signing in. allauth asks them; the words are ours."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm


class AskForCode(RequestLoginCodeForm):
    """Which address the code goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.label = "Your e-mail address"
        field.help_text = "The one your council has for you. We send a code to it."
        field.error_messages["required"] = "Write your e-mail address."
        field.error_messages["invalid"] = "Write the whole address, like name@example.com."
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["spellcheck"] = "false"


class GiveCode(ConfirmLoginCodeForm):
    """The code from the e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = "The code from the e-mail"
        field.help_text = "Eight figures, like 1234-5678. The dash does not matter."
        field.error_messages["required"] = "Write the code from the e-mail."
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs |= {
            "class": "govuk-input--width-10",
            "inputmode": "numeric",
            "spellcheck": "false",
        }
