"""The questions of signing in. allauth asks them; the words are ours."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import context, ratelimit
from allauth.mfa.adapter import get_adapter as get_second_factors
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _

CODE_LIVES_SECONDS = 90  # of an app: the half minute it is shown, and the one before and after


class AskForCode(RequestLoginCodeForm):
    """Which address the code goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.label = _("Your e-mail address")
        field.help_text = _("The one your council has for you. We send a code to it.")
        field.error_messages["required"] = _("Write your e-mail address.")
        field.error_messages["invalid"] = _("Write the whole address, like name@example.com.")
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["spellcheck"] = "false"


class GiveCode(ConfirmLoginCodeForm):
    """The code from the e-mail. Guesses are counted by account and by address, however many browsers they come from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_figures(
            self.fields["code"],
            label=_("The code from the e-mail"),
            hint=_("Eight figures, like 1234-5678. The dash does not matter."),
            missing=_("Write the code from the e-mail."),
        )

    def clean_code(self) -> str:
        """Compare, unless too many codes were tried; what is counted is shared by all web processes."""
        stage = LoginStageController.enter(context.request, LoginByCodeStage.key)
        account = stage.state.get("email", "").lower() if stage else ""
        if not ratelimit.consume(context.request, action="give_code", key=account):
            raise get_adapter().validation_error("too_many_login_attempts")
        return str(super().clean_code())


class OnceOnly(forms.Form):
    """An app's code opens once, for as long as it lives."""

    user: Any
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_figures(
            self.fields["code"],
            label=_("The code from your app, or a spare code"),
            hint=_("Six figures from the app. A spare code has eight."),
            missing=_("Write the code from your app, or a spare code."),
        )

    def clean_code(self) -> str:
        """Compare, and take no code of an app twice."""
        code: str = super().clean_code()  # type: ignore[misc]
        is_of_app = self.authenticator.type == Authenticator.Type.TOTP
        figures = "".join(filter(str.isdigit, code))
        if is_of_app and not cache.add(f"app-code:{self.user.pk}:{figures}", 1, CODE_LIVES_SECONDS):
            raise get_second_factors().validation_error("incorrect_code")
        return code


class GiveSecondCode(OnceOnly, AuthenticateForm):
    """The second step of signing in."""


class GiveCodeAgain(OnceOnly, ReauthenticateForm):
    """The same again, before something about signing in is changed."""


class TieApp(ActivateTOTPForm):
    """The first code of an app shows that it is tied to the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_figures(
            self.fields["code"],
            label=_("The code your app shows now"),
            hint=_("Six figures. It changes every half minute."),
            missing=_("Write the code your app shows now."),
        )


class NamePasskey(AddWebAuthnForm):
    """A new passkey: what to call it, and what the browser made."""

    passwordless = None  # every passkey of ours signs in by itself

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.pop("name", None)
        ask_for_a_name(self.fields["name"])
        self.fields["credential"].error_messages["required"] = _(
            "Your device did not make a passkey. Try again."
        )


class RenamePasskey(EditWebAuthnForm):
    """What to call a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_a_name(self.fields["name"])
        self.fields["name"].error_messages["required"] = _("Write a name for it.")


def ask_for_figures(field: forms.Field, *, label: str, hint: str, missing: str) -> None:
    """Ask for a code in our words, so that a phone shows its figures."""
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"class": "govuk-input--width-10", "inputmode": "numeric", "spellcheck": "false"}


def ask_for_a_name(field: forms.Field) -> None:
    """Ask what a passkey is called."""
    field.label, field.help_text = _("What to call it"), _('So that you know it again, like "My phone".')
    field.validators.append(MaxLengthValidator(60, _("Use at most 60 letters.")))
    field.widget.attrs |= {"class": "govuk-input--width-20", "maxlength": "60", "autocomplete": "off"}
