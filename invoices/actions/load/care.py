"""Loading clusters with the agreement their contracts show, providers, and contracts with their services."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from clusters.models import Agreement, Cluster, ClusterEvent, ClusterState, SharingTerm
from commissioning.models import Contract, ContractService, ContractState
from invoices.actions.load.rows import write_all
from people.models import Council
from people.rules import Row
from providers.models import Provider

AS_GIVEN = "Loaded as given"
Rows = Mapping[str, Sequence[Row]]


def load_clusters(council: Council, rows: Rows, *, on: date, by: str) -> Mapping[str, Cluster]:
    """
    Write the clusters by reference, active, each with an agreement signed as given.

    The agreement's sharing terms are those its contracts show; where contracts share one service in different
    ways, the term names its contract.
    """
    clusters = write_all(
        Cluster(
            council=council,
            ref=row.values["cluster_ref"],
            name=row.values["name"],
            purpose=row.values["purpose"],
            area=row.values["area"],
            in_common=row.values["in_common"],
            state=ClusterState.ACTIVE,
        )
        for row in rows["clusters.csv"]
    )
    write_all(
        ClusterEvent(cluster=cluster, to_state=cluster.state, acted_by=by, reason=AS_GIVEN)
        for cluster in clusters
    )
    agreements = write_all(Agreement(cluster=cluster, words=AS_GIVEN, is_loaded=True) for cluster in clusters)
    by_ref = {cluster.ref: agreement for cluster, agreement in zip(clusters, agreements, strict=True)}
    write_all(
        SharingTerm(agreement=by_ref[cluster], service_code=code, contract_ref=contract, rule=rule)
        for cluster, code, contract, rule in _sharing_terms(rows)
    )
    Agreement.objects.filter(cluster__council=council).update(signed_date=on)  # terms first: signed is final
    return {cluster.ref: cluster for cluster in clusters}


def _sharing_terms(rows: Rows) -> Iterator[tuple[str, str, str, str]]:
    """Give cluster, service code, contract (none: any) and rule for each term of the agreements."""
    cluster_of = {row.values["contract_ref"]: row.values["cluster_ref"] for row in rows["contracts.csv"]}
    rules: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in rows["contract_services.csv"]:
        contract, code = row.values["contract_ref"], row.values["service_code"]
        rules[cluster_of[contract], code][contract] = row.values["sharing_rule"]
    for (cluster, code), by_contract in rules.items():
        if len(set(by_contract.values())) == 1:
            yield cluster, code, "", next(iter(by_contract.values()))
        else:
            for contract, rule in by_contract.items():
                yield cluster, code, contract, rule


def load_providers(council: Council, rows: Sequence[Row]) -> Mapping[str, Provider]:
    """Write the providers, by their reference."""
    providers = write_all(
        Provider(
            council=council,
            ref=row.values["provider_ref"],
            name=row.values["name"],
            legal_form=row.values["legal_form"],
            cqc_location_id=row.values["cqc_location_id"],
        )
        for row in rows
    )
    return {provider.ref: provider for provider in providers}


def load_contracts(
    council: Council, rows: Rows, clusters: Mapping[str, Cluster], providers: Mapping[str, Provider]
) -> None:
    """Write the contracts with their services, approved as given. Nothing is committed in advance."""
    contracts = {
        row.values["contract_ref"]: Contract(
            council=council,
            ref=row.values["contract_ref"],
            title=row.values["title"],
            cluster=clusters[row.values["cluster_ref"]],
            provider=providers[row.values["provider_ref"]],
            start_date=row.values["starts"],
            end_date=row.values["ends"],
            weekly_pence=row.values["weekly_pence"],
            one_off_pence=row.values["one_off_pence"],
            is_regulated=row.values["is_regulated"],
            is_loaded=True,
        )
        for row in rows["contracts.csv"]
    }
    write_all(contracts.values())
    write_all(
        ContractService(
            contract=contracts[row.values["contract_ref"]],
            code=row.values["service_code"],
            description=row.values["description"],
            unit=row.values["unit"],
            unit_rate_pence=row.values["unit_rate_pence"],
            alone_rate_pence=row.values["alone_rate_pence"],
            sharing_rule=row.values["sharing_rule"],
            max_units=row.values["max_units"],
        )
        for row in rows["contract_services.csv"]
    )
    Contract.objects.filter(council=council).update(
        state=ContractState.APPROVED
    )  # services first: approved is final
