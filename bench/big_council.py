"""
A large made-up council for measuring, most of it written set-based: clusters of ten, a month of invoices in the inbox.

Of ten members eight have one stream and two have two; what they pledge lasts about a year, so few are forecast to run
out. A cluster's month is twelve invoices of ten lines: 108 visits paid by who used them, ten sessions shared equally,
two trips shared by pledge. In one cluster of a hundred a line cannot be paid as it stands (a visit billed twice, a
wrong rate).
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection, transaction

from clusters.models import Cluster, ClusterState, SharingRule
from commissioning.models import Contract, ContractService, ContractState
from ledger.actions import open_book, post_from
from people.models import Council
from providers.models import Provider

MONTH = date(2026, 4, 1)
MEMBERS_A_CLUSTER = 10
INVOICES_A_CLUSTER = 12
LINES_AN_INVOICE = 10
CLUSTERS_FOR_ONE_A_DAY = 30
SERVICES = (
    ("HC", 22_51, SharingRule.BY_USE),
    ("MEAL", 96_58, SharingRule.EQUAL),
    ("BUS", 64_67, SharingRule.BY_PLEDGE),
)

PEOPLE = """
INSERT INTO budgets_fundingstream (id, council_id, code, name)
VALUES (uuidv7(), %(council)s, 'council', 'Council'), (uuidv7(), %(council)s, 'nhs', 'NHS');
INSERT INTO people_person (id, council_id, ref, name, postcode)
SELECT uuidv7(), %(council)s, c.ref || '-' || m, 'Somebody', '' FROM clusters_cluster c, generate_series(1, 10) m
WHERE c.council_id = %(council)s;
INSERT INTO budgets_budget (id, person_id, start_date, end_date)
SELECT uuidv7(), p.id, '2026-04-01', '2027-04-01' FROM people_person p WHERE p.council_id = %(council)s;
INSERT INTO clusters_membership (id, cluster_id, person_id, ref, state, asked_at, joined_date)
SELECT uuidv7(), c.id, p.id, 'M-' || m, 'active', now(), '2026-04-01'
FROM clusters_cluster c, generate_series(1, 10) m
JOIN people_person p ON true WHERE p.council_id = %(council)s AND c.council_id = %(council)s AND p.ref = c.ref || '-' || m;
"""
ACCOUNTS = """
CREATE TEMP TABLE big_pledge ON COMMIT DROP AS
SELECT m.id AS membership_id, b.id AS budget_id, s.id AS stream_id, s.code, uuidv7() AS pledge_id, uuidv7() AS allocate_entry, uuidv7() AS pledge_entry,
    680000 + (hashtext(m.id::text) & 65535) AS pence
FROM clusters_membership m JOIN clusters_cluster c ON c.id = m.cluster_id
JOIN budgets_budget b ON b.person_id = m.person_id
JOIN budgets_fundingstream s ON s.council_id = %(council)s AND (s.code = 'council' OR m.ref IN ('M-3', 'M-7'))
WHERE c.council_id = %(council)s;
INSERT INTO budgets_allocation (id, budget_id, stream_id, annual_pence, delivery)
SELECT uuidv7(), budget_id, stream_id, pence, 'council_managed' FROM big_pledge;
INSERT INTO ledger_account (id, book_id, kind, owner_id, stream, balance_pence, move_count)
SELECT ledger_account_id(%(book)s, kind, owner, NULL, code), %(book)s, kind, owner, code, balance, 0 FROM (
    SELECT 'funding' AS kind, %(council)s::uuid AS owner, code, NULL::bigint AS balance FROM budgets_fundingstream WHERE council_id = %(council)s
    UNION ALL SELECT 'budget', budget_id, code, 0 FROM big_pledge
    UNION ALL SELECT 'pool_share', membership_id, code, 0 FROM big_pledge) a;
ANALYZE big_pledge;
"""
DRAFTS = """
SELECT row_number() OVER () AS draft_no, {entry} AS id, '{kind}:' || pledge_id AS key, '{kind}' AS kind, '2026-04-01'::date AS effective_date,
    NULL::date AS concerned_date, 'Made up' AS reason, '{{}}'::jsonb AS basis, NULL::uuid AS reverses_id, '' AS reversal_reason, pledge_id
FROM big_pledge
"""
MOVES = """
SELECT d.draft_no, ledger_account_id(%(book)s, '{source}', {owner}, NULL, p.code) AS source_id,
    ledger_account_id(%(book)s, '{target}', {whose}, NULL, p.code) AS target_id, p.pence AS amount_pence
FROM big_pledge p JOIN draft d USING (pledge_id)
"""
PLEDGES = """
INSERT INTO clusters_pledge (id, membership_id, budget_id, stream_id, amount_pence, effective_date, entry_id)
SELECT pledge_id, membership_id, budget_id, stream_id, pence, '2026-04-01', pledge_entry FROM big_pledge
"""
INBOX = """
INSERT INTO invoices_inboxdocument (id, council_id, batch, place, contract_id, kind, number, corrects, issue_date,
    period_start_date, period_end_date, total_pence, body_hash)
SELECT uuidv7(), %(council)s, %(batch)s, row_number() OVER (), k.id, 'invoice', 'INV-' || k.ref || '-' || n, '',
    '2026-04-30', '2026-04-01', '2026-04-30', 0, sha256(convert_to(k.ref || n, 'UTF8'))
FROM commissioning_contract k, generate_series(%(from_n)s, %(to_n)s) n
WHERE k.council_id = %(council)s AND get_byte(uuid_send(k.id), 15) %% %(one_in)s = 0;
INSERT INTO invoices_inboxline (id, document_id, line_number, service_code, service_date, units, unit_rate_pence,
    amount_pence, member_ref)
SELECT uuidv7(), d.id, l, v.code, v.day, v.units, v.rate, round(v.units * v.rate), v.member
FROM invoices_inboxdocument d
CROSS JOIN generate_series(1, 10) l
CROSS JOIN LATERAL (SELECT split_part(d.number, '-', 5)::int AS n, hashtext(d.number || l) & 1023 AS dice) r
CROSS JOIN LATERAL (SELECT
    CASE WHEN r.n <= 10 AND l = 10 THEN 'MEAL' WHEN r.n > 10 AND l = 10 THEN 'BUS' ELSE 'HC' END AS code,
    '2026-04-01'::date + ((r.n * 2 + l) %% 30) AS day,
    CASE WHEN l = 10 THEN 1 ELSE (1 + r.dice %% 4) * 0.75 END AS units,
    CASE WHEN r.n <= 10 AND l = 10 THEN 9658 WHEN r.n > 10 AND l = 10 THEN 6467 ELSE 2251 + (r.dice = 7)::int END AS rate,
    CASE WHEN l = 10 THEN '' ELSE 'M-' || (1 + (r.n * 9 + l) %% 10) END AS member) v
WHERE d.council_id = %(council)s AND d.batch = %(batch)s;
"""


def make_big_council(
    *, clusters: int, analyze: Callable[[], object], code: str = "BIG", batch: str = "april"
) -> Council:
    """
    Write the council and its month of invoices, the latter waiting in the inbox; nothing of it is measured.

    `analyze` lets PostgreSQL look at the tables between steps, or it plans for empty ones and joins for hours.
    """
    book = open_book(name="Big")
    council = Council.objects.create(
        code=code, name="Big", book=book, year_start_date=MONTH, year_end_date=date(2027, 4, 1)
    )
    values: dict[str, Any] = {
        "council": council.pk,
        "book": book.pk,
        "clusters": clusters,
        "providers": max(clusters // 50, 1),
        "batch": batch,
        "from_n": 1,
        "to_n": INVOICES_A_CLUSTER,
        "one_in": 1,
    }
    with transaction.atomic():
        _write_contracts(council, values["clusters"], values["providers"])
        _run(PEOPLE, values)
    analyze()
    with transaction.atomic():
        _promise(council, values)
    analyze()
    return council


def put_a_days_invoices(council: Council, *, batch: str) -> None:
    """Put one more invoice for about one cluster in thirty into the inbox, as a day of the month might bring."""
    number = INVOICES_A_CLUSTER + 1
    _run(
        INBOX,
        {
            "council": council.pk,
            "batch": batch,
            "from_n": number,
            "to_n": number,
            "one_in": CLUSTERS_FOR_ONE_A_DAY,
        },
    )


def _write_contracts(council: Council, clusters: int, providers: int) -> None:
    """Write clusters and providers, and a running contract of three services for each cluster."""
    Cluster.objects.bulk_create(
        Cluster(council=council, ref=f"CL-{nth}", name=f"Cluster {nth}", state=ClusterState.ACTIVE)
        for nth in range(1, clusters + 1)
    )
    Provider.objects.bulk_create(
        Provider(council=council, ref=f"PR-{nth}", name=f"Provider {nth}") for nth in range(providers)
    )
    pools = council.clusters.order_by("pk")
    firms = list(council.providers.order_by("pk"))
    Contract.objects.bulk_create(
        Contract(
            council=council,
            ref=f"K-{pool.ref}",
            cluster=pool,
            provider=firms[nth % providers],
            start_date=council.year_start_date,
            end_date=council.year_end_date,
            is_loaded=True,
        )
        for nth, pool in enumerate(pools)
    )
    ContractService.objects.bulk_create(
        (
            ContractService(
                contract=contract,
                code=code,
                unit="hour",
                unit_rate_pence=rate,
                sharing_rule=rule,
                max_units=5_000,
            )
            for contract in council.contracts.all()
            for code, rate, rule in SERVICES
        ),
        batch_size=5_000,
    )
    Contract.objects.filter(council=council).update(state=ContractState.APPROVED)


def _promise(council: Council, values: dict[str, Any]) -> None:
    """Post every budget and pledge, and put the month into the inbox."""
    _run(ACCOUNTS, values)
    for kind, entry, source, owner, target, whose in (
        ("allocate", "allocate_entry", "funding", f"'{council.pk}'::uuid", "budget", "p.budget_id"),
        ("pledge", "pledge_entry", "budget", "p.budget_id", "pool_share", "p.membership_id"),
    ):
        post_from(
            book_id=council.book_id,
            drafts_sql=DRAFTS.format(entry=entry, kind=kind),
            moves_sql=MOVES.format(source=source, owner=owner, target=target, whose=whose),
            by="system:bench",
        )
    _run(PLEDGES + ";" + INBOX, values)


def _run(script: str, values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        for statement in script.split(";\n"):
            if statement.strip():
                cursor.execute(statement, values)
