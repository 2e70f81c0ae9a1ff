"""What is different between a contract and the one it replaces, line by line."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commissioning.models import Contract, ContractService
from ledger.pennies import in_pounds
from people.rules.words import day_words


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One term, as it was and as it would be."""

    what: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether it is not the same."""
        return self.before != self.after


def differences(
    *, contract: Contract, services: Collection[ContractService] | None = None
) -> list[Difference]:
    """
    Give every term beside that of the contract it replaces; none where it replaces none.

    `services` of both contracts, in order of their codes, are asked for where they are not at hand: one query.
    """
    old = contract.replaces
    if old is None:
        return []
    if services is None:
        services = list(ContractService.objects.filter(contract__in=[contract, old]).order_by("code"))
    before = {service.code: service for service in services if service.contract_id == old.pk}
    rows = [
        Difference(
            what=_("First day"), before=day_words(old.start_date), after=day_words(contract.start_date)
        ),
        Difference(what=_("Last day"), before=day_words(old.last_date), after=day_words(contract.last_date)),
        Difference(
            what=_("Cost a week"), before=in_pounds(old.weekly_pence), after=in_pounds(contract.weekly_pence)
        ),
    ]
    for service in (one for one in services if one.contract_id == contract.pk):
        was = before.get(service.code)
        rows.append(
            Difference(
                what=_("%(what)s, one %(unit)s") % {"what": service.description, "unit": service.unit_words},
                before=in_pounds(was.unit_rate_pence) if was else _("Not in it"),
                after=in_pounds(service.unit_rate_pence),
            )
        )
    return rows
