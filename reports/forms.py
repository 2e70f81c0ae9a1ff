"""The questions that reports and the pages put together from every app ask."""

from django import forms


class FindForm(forms.Form):
    """What somebody would like to do or get help with, and near where."""

    words = forms.CharField(
        label="What would you like to do or get help with?", max_length=100, required=False
    )
    place = forms.CharField(label="Near where?", max_length=100, required=False)

    def asked(self) -> dict[str, str]:
        """Give what was asked; an answer that is too long is shortened, for a search refuses nobody."""
        return {name: str(self.data.get(name, ""))[:100].replace("\0", "").strip() for name in self.fields}
