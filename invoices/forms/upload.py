"""Which file of which provider is to be looked at."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from invoices.rules import MAX_BYTES
from providers.models import Provider

LONGEST_NAME = 100
MEGABYTES = MAX_BYTES // 1_000_000


class UploadForm(forms.Form):
    """A file of invoices. Whoever works for several providers says for which."""

    provider = forms.ModelChoiceField(
        label="Which provider are they from?",
        queryset=Provider.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the provider."},
    )
    file = forms.FileField(
        label="The file",
        help_text=f"A CSV file, or one e-invoice (UBL). At most {MEGABYTES} MB.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,.xml"}),
        error_messages={
            "required": "Choose a file.",
            "empty": "This file is empty. Choose another.",
            "missing": "Choose a file.",
            "invalid": "The file did not arrive. Choose it again.",
        },
    )

    def __init__(self, *args: Any, employers: Sequence[Provider], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = employers[0] if len(employers) == 1 else None
        if self.only is not None:
            del self.fields["provider"]
            return
        field = self.fields["provider"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Provider.objects.filter(pk__in=[provider.pk for provider in employers]).order_by(
            "name"
        )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is too large before it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(f"This file is larger than {MEGABYTES} MB. Send it in parts.")
        return file

    def provider_chosen(self) -> Provider:
        """Give the provider whose invoices they are."""
        provider: Provider = self.only or self.cleaned_data["provider"]
        return provider

    def name(self) -> str:
        """Give the file's name as far as it can be shown."""
        said = "".join(sign for sign in self.cleaned_data["file"].name if sign.isprintable())
        return said[:LONGEST_NAME] or "file"
