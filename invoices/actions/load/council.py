"""Loading a whole council in one transaction, its invoices through the same intake as those that come by REST."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction
from django.utils import timezone

from invoices.actions.batch import CLUSTERS_A_CHUNK, put_in_inbox
from invoices.actions.load.care import load_clusters, load_contracts, load_providers
from invoices.actions.load.people import load_budgets, load_people, load_streams
from invoices.actions.load.pools import load_memberships, load_pledges
from invoices.actions.take_in_chunk import take_in_chunk
from invoices.models import InvoiceLine, LineState
from invoices.rules.folder import INVOICES, CouncilFolder, UnreadableFolder, read_folder
from people.actions import register_council
from people.models import Council, LoadedFolder
from people.rules import Fault

Say = Callable[[str], None]
BATCH = "load"


class UnableToLoad(Exception):
    """The folder cannot be loaded, and nothing of it was. The message lists everything that is wrong."""


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What was loaded, or (`is_first` false) what stands since the same folder was loaded before."""

    council: Council
    is_first: bool
    document_count: int = 0
    accepted_count: int = 0
    held_count: int = 0


@transaction.atomic
def load_council(
    *,
    files: Mapping[str, bytes],
    unreadable: Mapping[str, str] | None = None,
    at: datetime,
    by: str,
    say: Say,
    is_practice: bool = False,
) -> Loaded:
    """
    Load a council from the files of its folder, by name: all of it or nothing.

    `unreadable`: why a file that is there could not be read, by name.

    Plans, agreements and approvals are loaded as given. `say` is told what is being done. The same folder
    again changes nothing. `is_practice`: it is only to practise on.

    :raises UnableToLoad: anything in the files is wrong, or the council is here already with other contents.
    """
    say("Reading and checking the files")
    try:
        folder = read_folder(files, unreadable=unreadable)
    except UnreadableFolder as trouble:
        raise UnableToLoad(str(trouble)) from trouble
    stands = _standing(folder)
    if stands is not None:
        return Loaded(council=stands, is_first=False)
    council = register_council(
        code=folder.code,
        name=folder.name,
        year_start_date=folder.year_start_date,
        year_end_date=folder.year_end_date,
        is_practice=is_practice,
    )
    LoadedFolder.objects.create(council=council, digest=folder.digest, loaded_by=by)
    _load_tables(council, folder, at=at, by=by, say=say)
    _take_in_all(council, folder, at=at, by=by, say=say)
    lines = InvoiceLine.objects.filter(invoice__council=council)
    return Loaded(
        council=council,
        is_first=True,
        document_count=council.invoices.count(),
        accepted_count=lines.filter(state=LineState.ACCEPTED).count(),
        held_count=lines.filter(state=LineState.HELD).count(),
    )


def _standing(folder: CouncilFolder) -> Council | None:
    """Give the council if this very folder was loaded; nobody else loads one of its code meanwhile."""
    door = int.from_bytes(sha256(f"load:{folder.code}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [door])
    council = Council.objects.filter(code=folder.code).select_related("loaded_folder").first()
    if council is None:
        return None
    loaded = LoadedFolder.objects.filter(council=council).first()
    if loaded is not None and bytes(loaded.digest) == folder.digest:
        return council
    raise UnableToLoad(
        f"{council.name} ({council.code}) is here already, with other contents than this folder's. "
        "Nothing was changed. To load this folder, give it another code in council.json."
    )


def _load_tables(council: Council, folder: CouncilFolder, *, at: datetime, by: str, say: Say) -> None:
    """Write what the tables say, from the people upwards."""
    say(f"People and budgets: {len(folder.rows['people.csv'])} people")
    streams = load_streams(council, folder.rows)
    people = load_people(council, folder.rows["people.csv"])
    budgets = load_budgets(council, folder.rows["budgets.csv"], people, streams, by=by)
    say(
        f"Clusters: {len(folder.rows['clusters.csv'])}, with {len(folder.rows['memberships.csv'])} memberships"
    )
    clusters = load_clusters(council, folder.rows, on=council.year_start_date, by=by)
    memberships = load_memberships(folder.rows["memberships.csv"], clusters, people, at=at, by=by)
    load_pledges(council, folder.rows["pledges.csv"], memberships, budgets, streams, by=by)
    say(f"Contracts: {len(folder.rows['contracts.csv'])}")
    providers = load_providers(council, folder.rows["providers.csv"])
    load_contracts(council, folder.rows, clusters, providers)


def _take_in_all(council: Council, folder: CouncilFolder, *, at: datetime, by: str, say: Say) -> None:
    """
    Take in every document, cluster by cluster in order of arrival; the outcome is that of one after the other.

    One that is refused whole stops it all.
    """
    refused = put_in_inbox(council=council, batch=BATCH, documents=folder.documents)
    faults = [Fault(INVOICES, line, problem.detail) for line, _, problem in refused]
    clusters = list(council.clusters.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(clusters), CLUSTERS_A_CHUNK):
        chunk = clusters[start : start + CLUSTERS_A_CHUNK]
        taken = take_in_chunk(council=council, batch=BATCH, clusters=chunk, on=timezone.localdate(at), by=by)
        faults += [Fault(INVOICES, line, words) for line, _, words in taken.refused]
        say(f"Invoices: {start + len(chunk)} of {len(clusters)} clusters")
    if faults:
        raise UnableToLoad("\n".join(str(fault) for fault in sorted(faults)))
