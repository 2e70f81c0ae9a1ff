"""Asking to join for somebody, at their word: which cluster, and how much from which of their money."""

from collections.abc import Sequence
from typing import Any

from django import forms

from budgets.models import FundingStream
from clusters.forms.ask import HowMuchForm
from clusters.models import Cluster
from clusters.queries import Offer
from ledger.pennies import in_pounds


class AskForForm(HowMuchForm):
    """The same as they are asked themselves, on one page, and that they want it."""

    chosen = forms.ChoiceField(
        label="Which cluster?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a cluster.", "invalid_choice": "Choose one of these clusters."},
    )
    is_their_wish = forms.BooleanField(
        label="They told me that they want this",
        error_messages={"required": "Ask them first. Only at their word can you ask for them."},
    )

    def __init__(self, *args: Any, clusters: Sequence[Cluster], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._clusters = {str(cluster.pk): cluster for cluster in clusters}
        field = self.fields["chosen"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, _in_short(cluster)) for pk, cluster in self._clusters.items()]
        for name, part in self.parts.items():
            self.fields[name].label = f"From their {part.stream.name}, for this budget year"
        self.order_fields(["chosen", *self.parts, "is_their_wish"])

    @property
    def cluster(self) -> Cluster:
        """The cluster that was chosen."""
        return self._clusters[self.cleaned_data["chosen"]]

    def proposed(self) -> dict[FundingStream, int]:
        """Give what they would put in, in pence by the stream."""
        offered = self.offer()
        return {
            part.stream: offered[part.stream.code]
            for part in self.parts.values()
            if part.stream.code in offered
        }

    def _too_much(self, part: Offer, pence: int) -> str:
        left, stream = in_pounds(part.left_pence), part.stream.name
        return f"{in_pounds(pence)} is more than they have: {left} is left in their {stream}."


def _in_short(cluster: Cluster) -> str:
    """Say what a cluster does, so that one can be told from another."""
    facts = [cluster.name, cluster.purpose.rstrip("."), cluster.area]
    return ". ".join(fact for fact in facts if fact)
