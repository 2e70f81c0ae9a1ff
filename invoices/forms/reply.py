"""What a provider answers about a held line."""

from pathlib import PurePath

from django import forms
from django.core.files.uploadedfile import UploadedFile

from people.rules.files import MAX_BYTES

LONGEST_WORDS = 5_000
MEGABYTES = MAX_BYTES // 1_000_000
# Browsers name a table differently from machine to machine; what is inside is looked at anyway.
BY_ENDING = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".csv": "text/csv",
    ".txt": "text/plain",
}


class ReplyForm(forms.Form):
    """Words, and a file where there is one."""

    words = forms.CharField(
        label="What should the council know?",
        help_text="Write references, never names.",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say what the council should know."},
    )
    file = forms.FileField(
        label="A file that shows it, if you have one",
        help_text=f"A PDF, a picture (PNG, JPEG), a CSV or plain text, at most {MEGABYTES} MB. No names in it.",
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(BY_ENDING)}),
        error_messages={
            "empty": "This file is empty. Choose another, or none.",
            "invalid": "The file did not arrive. Choose it again.",
        },
    )

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Refuse what is too large before it is read."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(f"This file is larger than {MEGABYTES} MB. Choose a smaller one.")
        return file

    def media_type(self) -> str:
        """Say what the file is called to be; nothing where its ending is not one of those we keep."""
        return BY_ENDING.get(PurePath(self.cleaned_data["file"].name).suffix.lower(), "")
