"""What clusters, services, streams and providers are called, and what the regulator last said."""

from typing import Any, NamedTuple

from budgets.models import FundingStream
from clusters.models import Cluster
from reports.queries.rows import rows

SERVICES = """
SELECT s.code, s.unit, min(s.description)
FROM commissioning_contractservice s JOIN commissioning_contract k ON k.id = s.contract_id
WHERE k.council_id = %(council)s AND (%(cluster)s::uuid IS NULL OR k.cluster_id = %(cluster)s)
GROUP BY s.code, s.unit
"""
RATINGS = """
SELECT DISTINCT ON (p.id) p.id::text, p.name, coalesce(r.rating, '')
FROM providers_provider p
LEFT JOIN providers_cqcrating r
    ON r.location_id = p.cqc_location_id AND p.cqc_location_id <> ''
    AND lower(r.domain) = 'overall' AND lower(r.population_group) = 'overall'
WHERE p.council_id = %(council)s
ORDER BY p.id, r.publication_date DESC NULLS LAST
"""


class Rated(NamedTuple):
    """A provider's name, and the regulator's latest rating of their location as a whole."""

    id: str
    name: str
    rating: str


class _ServiceRow(NamedTuple):
    code: str
    unit: str
    description: str


def service_names(values: dict[str, Any]) -> dict[tuple[str, str], str]:
    """Give what services are called, by code and unit."""
    return {(row.code, row.unit): row.description for row in rows(_ServiceRow, SERVICES, values)}


def providers(values: dict[str, Any]) -> dict[str, Rated]:
    """Give the council's providers with their latest rating, by id."""
    return {row.id: row for row in rows(Rated, RATINGS, values)}


def clusters(values: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Give reference and name of clusters by id, in order of reference."""
    found = Cluster.objects.filter(council_id=values["council"]).order_by("ref")
    if values["cluster"] is not None:
        found = found.filter(pk=values["cluster"])
    return {str(pk): (ref, name) for pk, ref, name in found.values_list("pk", "ref", "name")}


def stream_names(values: dict[str, Any]) -> dict[str, str]:
    """Give what the council calls its funding streams, by code."""
    return dict(FundingStream.objects.filter(council_id=values["council"]).values_list("code", "name"))
