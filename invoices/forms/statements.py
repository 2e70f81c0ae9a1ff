"""What finance officers say about bank statements: a file, and what a line of it is."""

from typing import Any

from django import forms

from invoices.queries.proposals import Proposal
from ledger.pennies import in_pounds

MOST_BYTES = 5_000_000


class StatementFileForm(forms.Form):
    """A bank statement as the bank gives it."""

    file = forms.FileField(
        label="The bank statement",
        help_text="A camt.053 file of your bank, or a CSV with the columns below. At most 5 MB.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".xml,.csv,.txt"}),
        error_messages={"required": "Choose the file your bank gave you.", "empty": "This file is empty."},
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before any of it is read."""
        given = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError(
                "This file is larger than 5 MB. Ask your bank for shorter statements."
            )
        return given


class MatchForm(forms.Form):
    """Which of the proposals a line is."""

    proposal = forms.ChoiceField(
        label="Which payment is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which payment it is."},
    )

    def __init__(self, data: Any, *, proposals: list[Proposal]) -> None:
        super().__init__(data)
        self.proposals = {_key(one): one for one in proposals}
        field = self.fields["proposal"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, _words(one)) for key, one in self.proposals.items()]

    def chosen(self) -> Proposal:
        """Give the proposal that was chosen."""
        return self.proposals[self.cleaned_data["proposal"]]


def _key(proposal: Proposal) -> str:
    one = proposal.payment or proposal.run
    assert one is not None
    return f"{'payment' if proposal.payment else 'run'}:{one.pk}"


def _words(proposal: Proposal) -> str:
    if proposal.payment is None:
        return f"{proposal.reason}."
    payment = proposal.payment
    return f"{payment.reference} to {payment.provider}, {in_pounds(payment.amount_pence)}. {proposal.reason}."
