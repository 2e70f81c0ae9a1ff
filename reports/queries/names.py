"""What clusters, services, streams, providers, contracts and members are called, and what else is known of each."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from reports.queries.rows import rows, sql_of


class Named(NamedTuple):
    """A cluster: its reference and name."""

    ref: str
    name: str


class Rated(NamedTuple):
    """
    A provider's name, the regulator's latest rating of their location as a whole, and what members said of them:
    how many people, in how many reviews, with how many stars in all.
    """

    name: str
    rating: str
    reviewers: int
    reviews: int
    stars: int


class ContractRow(NamedTuple):
    """A contract with whose it is; `is_running` says whether it ran in the months looked at."""

    ref: str
    title: str
    cluster_ref: str
    provider_id: str
    provider_name: str
    end_date: date
    is_running: bool
    promised_pence: int


@dataclass(frozen=True)
class Names:
    """
    The lists of a report, each by what its rows are found by: ids, the code of a stream, code and unit of a service.

    Clusters, contracts and members are in order of reference. `members` are those the report tells of.
    """

    clusters: dict[str, Named] = field(default_factory=dict)
    providers: dict[str, Rated] = field(default_factory=dict)
    services: dict[tuple[str, str], str] = field(default_factory=dict)
    streams: dict[str, str] = field(default_factory=dict)
    contracts: dict[str, ContractRow] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)


class _Row(NamedTuple):
    list: str
    key: str
    facts: str
    place: str


def names_of(values: dict[str, Any]) -> Names:
    """Give every list a report takes its words from."""
    names = Names()
    for row in rows(_Row, sql_of("names.sql"), values):
        _put(names, row.list, row.key, json.loads(row.facts))
    return names


def _put(names: Names, which: str, key: str, facts: dict[str, Any]) -> None:
    """Put what was found where it is looked for."""
    match which:
        case "cluster":
            names.clusters[key] = Named(**facts)
        case "provider":
            names.providers[key] = Rated(**facts)
        case "service":
            names.services[key, facts["unit"]] = facts["name"]
        case "stream":
            names.streams[key] = facts["name"]
        case "contract":
            end_date = date.fromisoformat(facts["end_date"])
            names.contracts[key] = ContractRow(**(facts | {"end_date": end_date}))
        case "member":
            names.members[key] = facts["ref"]
        case _:
            raise ValueError(f"names.sql gives a list that is not known: {which}")
