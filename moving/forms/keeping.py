"""What staff give: keys of councils, and a pack that came."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from moving.rules.pack import MOST_BYTES
from people.models import Council, RoleKind, User

MOST_KEY_BYTES = 10_000


class SmallFileForm(forms.Form):
    """A file that is read whole."""

    file = forms.FileField(
        label="The file",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".json"}),
        error_messages={
            "required": "Choose a file.",
            "empty": "This file is empty. Choose another.",
            "missing": "Choose a file.",
            "invalid": "The file did not arrive. Choose it again.",
        },
    )
    most_bytes = MOST_BYTES

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is too large before it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > self.most_bytes:
            raise forms.ValidationError("This file is too large. Choose another.")
        return file

    def content(self) -> bytes:
        """Give what is in it."""
        found: bytes = self.cleaned_data["file"].read()
        return found


class KeyForm(SmallFileForm):
    """Another council's public key."""

    most_bytes = MOST_KEY_BYTES


class FingerprintForm(forms.Form):
    """The fingerprint as the other council read it out."""

    fingerprint = forms.CharField(
        label="The fingerprint they read to you",
        help_text="40 letters and digits. Spaces do not matter.",
        max_length=60,
        error_messages={"required": "Write the fingerprint they read to you."},
    )


class PackForm(SmallFileForm):
    """A pack, and who leads the plan of whoever comes with it."""

    lead = forms.ModelChoiceField(
        label="Who leads their plan here?",
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose a social worker."},
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lead"]
        assert isinstance(field, forms.ModelChoiceField)
        workers = User.objects.filter(roles__council=council, roles__kind=RoleKind.SOCIAL_WORKER)
        field.queryset = workers.filter(is_active=True).order_by("name", "pk")
