"""The questions of how somebody wants pages and letters to be."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from people.actions.settings import Likes
from people.models import Channel, PersonalSettings, TextSize

USUAL, EASY = "usual", "easy"


class SettingsForm(forms.Form):
    """Which words, how large, in which language, read aloud or not; and for who gets letters, how they come."""

    words = forms.ChoiceField(
        label=_("Which words do you like?"),
        help_text=_("Easy words are short, with pictures."),
        choices=[(USUAL, _("Usual words")), (EASY, _("Easy words, with pictures"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which words you like.")},
    )
    text_size = forms.ChoiceField(
        label=_("How large should words be?"),
        choices=TextSize.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how large words should be.")},
    )
    language = forms.ChoiceField(
        label=_("Which language?"),
        help_text=_("Cymraeg (Welsh): nobody who grew up with it has read our words yet. Some may be wrong."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language.")},
    )
    channel = forms.ChoiceField(
        label=_("How should letters come?"),
        choices=Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how letters should come.")},
    )
    is_read_aloud = forms.BooleanField(
        label=_("Read pages aloud to me"),
        help_text=_("A button reads the page to you, where your phone or computer has a voice."),
        required=False,
    )

    def __init__(self, data: QueryDict | None, *, kept: PersonalSettings | None, gets_letters: bool) -> None:
        self.kept = kept or PersonalSettings(language=get_language())
        super().__init__(data, initial=self._as_kept())
        languages = self.fields["language"]
        assert isinstance(languages, forms.ChoiceField)
        languages.choices = settings.LANGUAGES
        if len(settings.LANGUAGES) == 1:
            del self.fields["language"]
        if not gets_letters:
            del self.fields["channel"]

    def likes(self) -> Likes:
        """Give what was answered; what was not asked stays as it was."""
        said = self._as_kept() | self.cleaned_data
        return Likes(
            is_easy=said["words"] == EASY,
            text_size=TextSize(said["text_size"]),
            language=said["language"],
            is_read_aloud=said["is_read_aloud"],
            channel=Channel(said["channel"]),
        )

    def _as_kept(self) -> dict[str, Any]:
        return {
            "words": EASY if self.kept.is_easy else USUAL,
            "text_size": self.kept.text_size,
            "language": self.kept.language,
            "channel": self.kept.channel,
            "is_read_aloud": self.kept.is_read_aloud,
        }
