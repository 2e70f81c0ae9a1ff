"""
Who may do what: every address x method x visitor, declared in one table.

A test takes the list of addresses from the URLconf and fails when one is missing here. To add one: a line in
`ROWS`; what its address needs (a contract, a plan) is a field of `World`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django.plugin import DjangoDbBlocker

from clusters.actions import About, ask_to_join, found_cluster, make_invitation, write_agreement
from clusters.models import (
    Agreement,
    Cluster,
    Decision,
    DecisionKind,
    Invitation,
    Membership,
    SharingRule,
)
from commissioning.actions import Change, draft_variation
from commissioning.models import Approval, Call, Contract, Offer
from invoices.models import Hold, InvoiceLine
from jobs.models import Job
from people.actions import tell
from people.models import Authority, Notice, Person, RoleKind, Scope, User
from providers.models import EthicalAnswer, ProviderStaff
from reconciliation.models import Finding, MonthEnd
from reports.models import ReportFile
from reports.rules.months import month_of
from tests.budgets.makers import make_stream
from tests.cast import NINE, ON, Cast, make_cast, make_citizen
from tests.clusters.voting import let_in, make_decision, vote
from tests.commissioning.calling import make_an_offer, make_call
from tests.commissioning.makers import make_contract, make_request
from tests.commonpurse.second_steps import give_app, give_passkey, give_spare_codes
from tests.invoices.makers import make_document, make_line, send
from tests.jobs.makers import make_job
from tests.people.makers import (
    make_authority,
    make_brand,
    make_person,
    make_user,
    make_user_with_role,
)
from tests.providers.makers import make_answer
from tests.reconciliation.makers import count
from tests.visiting import Visitor, act_for, as_user

HERE = "amina ben priya quinn carol farah"
AWAY = "away_amina away_ben away_priya away_carol away_farah"
PEOPLE = "amina ben away_amina away_ben"
SIGNED_IN = f"{HERE} nora robin sam {AWAY}"
PERSONS = "amina ben away_amina away_ben"
STAFF = "priya quinn carol farah away_priya away_carol away_farah"
NOBODY = "nobody"
EVERYBODY = f"{NOBODY} {SIGNED_IN}"
THROUGH = {200, 302}
MAY_CHANGE = "amina priya quinn carol farah"


@dataclass(frozen=True)
class Forming:
    """A cluster that Amina founded: its second version, which waits for her signature, her code, and Eve's wish."""

    cluster: Cluster
    version: Agreement
    invitation: Invitation
    wish: Membership


@dataclass(frozen=True)
class Market:
    """Amina's call, the offer that Nora made for it, and an answer of hers to the ethical test."""

    call: Call
    offer: Offer
    answer: EthicalAnswer


@dataclass(frozen=True)
class World:
    """
    A council and another one like it, with something under each address.

    Amina is a member of the cluster and paid for `line`; Ben would like to join it (`wish`), and so would Dora
    (`asked`: the members have not said yet). Priya leads Amina and Ben; Quinn is another social worker there,
    Nora works for the provider. The other council's are away. Amina has a passkey and
    a second session, Ben an app for codes. Robin helps Amina: may see and vote for her, and does it now; Sam's
    authority for her was withdrawn. `told` is a letter of Amina's, `letter` one to somebody without e-mail.
    `change` is a draft of what her cluster's contract might become.
    """

    here: Cast
    away: Cast
    quinn: User
    nora: User
    wish: Membership
    asked: Membership
    question: Decision
    forming: Forming
    request: Approval
    line: InvoiceLine
    month_end: MonthEnd
    finding: Finding
    report: ReportFile
    job: Job
    passkey: Authenticator
    session: UserSession
    robin: Authority
    sam: Authority
    told: Notice
    letter: Notice
    change: Contract
    market: Market

    def visitor(self, name: str) -> User | None:
        """Whoever a name in the table stands for."""
        cast, name = (self.away, name[5:]) if name.startswith("away_") else (self.here, name)
        helpers = {"robin": self.robin.helper, "sam": self.sam.helper}
        named = {"quinn": self.quinn, "nora": self.nora, "nobody": None, **helpers}
        if name in named:
            return named[name]
        return {
            "amina": cast.amina_user,
            "ben": cast.ben_user,
            "priya": cast.priya,
            "carol": cast.carol,
            "farah": cast.farah,
        }[name]


Args = Callable[[World], list[Any]]


@dataclass(frozen=True)
class Row:
    """
    One address: who sees it (GET) and who may act on it (POST), by the names of visitors.

    Everybody else gets `stranger`; somebody who has not signed in is sent to do so, unless the address `is_open`.
    `None`: no such method. Robin, who helps Amina, is let through wherever she is, unless it `is_own`: hers alone.
    """

    name: str
    sees: str | None = None
    acts: str | None = None
    args: Args = field(default=lambda _: [])
    stranger: int = 404
    is_open: bool = False
    is_own: bool = False


def cluster(world: World) -> list[Any]:
    return [world.here.cluster.pk]


def passkey(world: World) -> list[Any]:
    return [world.passkey.pk]


def amina(world: World) -> list[Any]:
    return [world.here.amina.pk]


def forming(world: World) -> list[Any]:
    return [world.forming.cluster.pk]


def version(world: World) -> list[Any]:
    return [world.forming.version.pk]


def question(world: World) -> list[Any]:
    return [world.question.pk]


def wish(world: World) -> list[Any]:
    return [world.wish.pk]


def plan(world: World) -> list[Any]:
    return [world.here.plan.pk]


def contract(world: World) -> list[Any]:
    return [world.line.invoice.contract_id]


def call(world: World) -> list[Any]:
    return [world.market.call.pk]


def offer(world: World) -> list[Any]:
    return [world.market.offer.pk]


def provider(world: World) -> list[Any]:
    return [world.market.offer.provider_id]


def report_month(world: World) -> list[Any]:
    return [world.here.council.code, month_of(ON)]


def cluster_month(world: World) -> list[Any]:
    return [*report_month(world), world.here.cluster.pk]


def month_end(world: World) -> list[Any]:
    return [world.month_end.pk]


def statement(world: World) -> list[Any]:
    return [world.month_end.cluster_months.get(cluster=world.here.cluster).pk, world.here.membership.pk]


def hold(world: World) -> list[Any]:
    return [Hold.objects.get(line__invoice__council=world.here.council).pk]


ROWS = [
    Row("home", sees=EVERYBODY, is_open=True),
    Row("health", sees=EVERYBODY, is_open=True),
    Row("accessibility", sees=EVERYBODY, is_open=True),
    Row("privacy", sees=EVERYBODY, is_open=True),
    Row("styles", sees=STAFF),
    Row("caught-mail", sees="", is_open=True),
    Row("account_login", sees=EVERYBODY, acts=EVERYBODY, is_open=True),
    Row("account_request_login_code", sees=EVERYBODY, acts=EVERYBODY, is_open=True),
    Row("account_confirm_login_code", sees=EVERYBODY, acts=EVERYBODY, is_open=True),
    Row("account_inactive", sees=EVERYBODY, is_open=True),
    Row("account_signup", sees=EVERYBODY, is_open=True),
    Row("another-address", acts=EVERYBODY, is_open=True),
    Row("account_logout", sees=SIGNED_IN, acts=SIGNED_IN),
    Row("mfa_authenticate", sees=EVERYBODY, acts=EVERYBODY, is_open=True),
    Row("mfa_login_webauthn", sees=EVERYBODY, acts=EVERYBODY, is_open=True),
    Row("openid_connect_login", sees="", args=lambda _: ["council"], is_open=True),
    Row("openid_connect_callback", sees="", args=lambda _: ["council"], is_open=True),
    Row("mfa_index", sees=SIGNED_IN),
    Row("mfa_reauthenticate", sees="amina ben", acts="amina ben", stranger=403, is_own=True),
    Row("mfa_reauthenticate_webauthn", sees="amina ben", acts="amina ben", stranger=403, is_own=True),
    Row("mfa_activate_totp", sees=SIGNED_IN, acts=SIGNED_IN),
    Row("mfa_deactivate_totp", sees="ben", acts="ben"),
    Row("mfa_list_webauthn", sees=SIGNED_IN),
    Row("mfa_add_webauthn", sees=SIGNED_IN, acts=SIGNED_IN),
    Row("mfa_edit_webauthn", sees="amina", acts="amina", args=passkey, is_own=True),
    Row("mfa_remove_webauthn", sees="amina", acts="amina", args=passkey, is_own=True),
    Row("mfa_view_recovery_codes", sees="ben"),
    Row("mfa_generate_recovery_codes", sees=SIGNED_IN, acts=SIGNED_IN),
    Row("mfa_download_recovery_codes", sees="ben"),
    Row("usersessions_list", sees=SIGNED_IN),
    Row("end-session", acts="amina", args=lambda world: [world.session.pk], is_own=True),
    Row("end-other-sessions", acts=SIGNED_IN),
    Row("people:settings", sees=SIGNED_IN, acts=SIGNED_IN),
    Row("people:settings-not-now", acts=SIGNED_IN),
    Row("people:brand", sees="", acts=""),  # for administrators: tests/people/test_brand_page.py
    Row(
        "people:brand-sheet",
        sees=EVERYBODY,
        args=lambda world: [world.here.council.pk, world.here.council.brand.version],
        is_open=True,
    ),
    Row("people:acting-for", sees=SIGNED_IN, acts=SIGNED_IN),
    Row("people:helpers", sees="amina ben away_amina away_ben"),
    Row("people:give", sees=PERSONS, acts=PERSONS, is_own=True),
    Row("people:end-helper", sees="amina priya", acts="amina priya", args=lambda world: [world.robin.pk]),
    Row("people:helpers-of", sees="priya", args=amina),
    Row("people:give-for", sees="priya", acts="priya", args=amina),
    Row("people:death", sees="priya", acts="priya", args=amina),
    Row("people:letters", sees=SIGNED_IN),
    Row("people:letter", sees="amina", args=lambda world: [world.told.pk], is_own=True),
    Row("people:letter-print", sees="amina", args=lambda world: [world.told.pk], is_own=True),
    Row("people:post", sees="priya quinn away_priya"),
    Row("people:post-letter", sees="priya", acts="priya", args=lambda world: [world.letter.pk]),
    Row("reports:my-money", sees="amina ben away_amina away_ben"),
    Row("reports:why", sees="amina", args=lambda world: [world.line.pk]),
    Row("reports:my-people", sees="priya quinn away_priya"),
    Row("reports:person", sees="ben priya carol farah", args=lambda world: [world.here.ben.pk]),
    Row("reports:find", sees=EVERYBODY, is_open=True),
    Row("reports:outside", sees=EVERYBODY, args=cluster, is_open=True),
    Row("reports:our-cluster", sees="amina", args=cluster),
    Row("clusters:ask", sees="amina ben", acts="amina ben", args=cluster),
    Row("clusters:ask-left", sees="amina ben", args=cluster),
    Row("clusters:ask-who", sees="amina ben", args=cluster),
    Row("clusters:ask-check", sees="amina ben", acts="amina ben", args=cluster),
    Row("clusters:asked", sees="ben", args=wish),
    Row("clusters:found", sees=PEOPLE, acts=PEOPLE, args=lambda _: ["name"]),
    Row("clusters:found-check", sees=PEOPLE, acts=PEOPLE),
    Row("clusters:found-for", sees="ben priya", args=lambda world: [world.here.ben.pk]),
    Row("clusters:founded", sees="amina priya carol farah", args=forming),
    Row("clusters:beginning", sees="amina", args=forming),
    Row("clusters:begin", acts="amina", args=forming),
    Row("clusters:invite", sees="amina", acts="amina", args=forming),
    Row("clusters:withdraw-invitation", acts="amina", args=lambda world: [world.forming.invitation.pk]),
    Row("clusters:invited", sees=EVERYBODY, acts=EVERYBODY, is_open=True),
    Row(
        "clusters:invited-with",
        sees=EVERYBODY,
        args=lambda world: [world.forming.invitation.code],
        is_open=True,
    ),
    Row("clusters:agreement", sees="amina", args=forming),
    Row("clusters:write", acts="amina", args=forming),
    Row("clusters:write-step", sees="amina", acts="amina", args=lambda world: [*forming(world), "words"]),
    Row("clusters:write-check", sees="amina", acts="amina", args=forming),
    Row("clusters:version", sees="amina", args=version),
    Row("clusters:version-changes", sees="amina", args=version),
    Row("clusters:sign", sees="amina", acts="amina", args=version),
    Row("clusters:admit", sees="amina", acts="amina", args=lambda world: [world.forming.wish.pk]),
    Row("clusters:agree-plan", sees="priya", acts="priya", args=wish),
    Row("clusters:share", sees="amina", args=cluster),
    Row("clusters:share-more", sees="amina", acts="amina", args=cluster),
    Row("clusters:share-less", sees="amina", acts="amina", args=cluster),
    Row("clusters:share-check", sees="amina", acts="amina", args=cluster),
    Row("clusters:share-pause", sees="amina", acts="amina", args=cluster),
    Row("clusters:share-done", sees="amina", args=cluster),
    Row("commissioning:leave", sees="amina", acts="amina", args=cluster),
    Row("reports:what-if", sees="amina ben", acts="amina ben", args=cluster),
    Row("clusters:decisions", sees="amina priya quinn carol farah", args=cluster),
    Row("clusters:decide", sees="amina", acts="amina", args=cluster),
    Row("clusters:decide-words", sees="amina", acts="amina", args=cluster),
    Row("clusters:decide-check", sees="amina", acts="amina", args=cluster),
    Row("clusters:decision", sees="amina priya quinn carol farah", args=question),
    Row("clusters:vote", sees="amina", acts="amina", args=question),
    Row("clusters:voted", sees="amina", args=question),
    Row("clusters:decided", sees="amina priya quinn carol farah", args=question),
    Row("clusters:stop", acts="amina", args=question, is_own=True),
    Row("clusters:papers", sees="priya quinn", args=question),
    Row(
        "clusters:paper-ballot",
        sees="priya quinn",
        acts="priya quinn",
        args=lambda world: [world.question.roll.get().pk],
    ),
    Row("commissioning:waiting", sees="carol away_carol"),
    Row("commissioning:contracts", sees="priya quinn carol farah away_priya away_carol away_farah"),
    Row("commissioning:contract", sees="amina priya quinn nora carol farah", args=contract),
    Row("commissioning:end", sees="amina carol", acts="amina carol", args=contract),
    Row("commissioning:change", sees=MAY_CHANGE, acts=MAY_CHANGE, args=contract),
    Row("commissioning:put-change", sees=MAY_CHANGE, acts="amina", args=lambda world: [world.change.pk]),
    Row("commissioning:decide", sees="carol", acts="carol", args=lambda world: [world.request.pk]),
    Row("providers:providers", sees="priya quinn carol farah away_priya away_carol away_farah"),
    Row("commissioning:calls", sees="amina", args=cluster),
    Row("commissioning:call-step", sees="amina", acts="amina", args=lambda world: [*cluster(world), "what"]),
    Row("commissioning:call-check", sees="amina", acts="amina", args=cluster),
    Row("commissioning:call", sees=MAY_CHANGE, args=call),
    Row("commissioning:called", sees="amina", args=call),
    Row("commissioning:compare", sees=MAY_CHANGE, args=call),
    Row("commissioning:choose", sees="amina", acts="amina", args=call),
    Row("commissioning:take-call-back", sees="amina", acts="amina", args=call),
    Row("commissioning:none-suits", sees="amina", acts="amina", args=call),
    Row("commissioning:review", sees="amina", acts="amina", args=contract),
    Row("commissioning:unmet", sees="carol away_carol"),
    Row("commissioning:open-calls", sees="nora"),
    Row("commissioning:open-call", sees="nora", args=call),
    Row(
        "commissioning:make-offer",
        sees="nora",
        acts="nora",
        args=lambda world: [*call(world), *provider(world)],
    ),
    Row("commissioning:offer", sees="nora", args=offer),
    Row("commissioning:take-offer-back", sees="nora", acts="nora", args=offer),
    Row("providers:checks", sees="carol away_carol"),
    Row("providers:check", sees="carol", acts="carol", args=lambda world: [world.market.answer.pk]),
    Row("providers:test", sees="nora priya quinn carol farah", args=provider),
    Row("providers:answer", sees="nora", acts="nora", args=lambda world: [*provider(world), "sick-pay"]),
    Row("providers:profile", sees="nora", acts="nora", args=provider),
    Row("reports:provider-home", sees="nora"),
    Row("plans:plan", sees="ben priya carol farah", args=plan),
    Row("plans:decide", sees="priya", acts="priya", args=plan),
    Row("reports:choose", sees="amina carol farah away_amina away_carol away_farah"),
    Row("reports:file", sees="carol farah", args=lambda world: [world.report.pk]),
    Row("reports:council-month", sees="carol farah", args=report_month),
    Row("reports:council-csv", sees="carol farah", args=report_month),
    Row("reports:council-pdf", acts="carol farah", args=report_month),
    Row("reports:council-clusters", sees="carol farah", args=report_month),
    Row("reports:cluster-month", sees="amina carol farah", args=cluster_month),
    Row("reports:cluster-csv", sees="amina carol farah", args=cluster_month),
    Row("reports:cluster-pdf", acts="amina carol farah", args=cluster_month),
    Row("jobs:progress", sees="priya quinn carol farah", args=lambda world: [world.job.pk]),
    Row("jobs:try-again", acts="priya quinn carol farah", args=lambda world: [world.job.pk]),
    Row("reconciliation:months", sees="carol farah away_carol away_farah"),
    Row("reconciliation:run", acts="farah away_farah"),
    Row("reconciliation:month", sees="carol farah", args=month_end),
    Row("reconciliation:sign", sees="farah", acts="farah", args=month_end),
    Row("reconciliation:withdraw", sees="farah", acts="farah", args=month_end),
    Row("reconciliation:close", sees="farah", acts="farah", args=month_end),
    Row("reconciliation:findings", sees="carol farah", args=month_end),
    Row("reconciliation:explain", sees="farah", acts="farah", args=lambda world: [world.finding.pk]),
    Row("reconciliation:clusters", sees="carol farah", args=month_end),
    Row(
        "reconciliation:cluster", sees="carol farah", args=lambda world: [*month_end(world), *cluster(world)]
    ),
    Row("reconciliation:statement", sees="amina priya carol farah", args=statement),
    Row("reconciliation:line", sees="carol farah", args=lambda world: [world.line.pk]),
    Row("reconciliation:holds", sees="carol farah away_carol away_farah"),
    Row("reconciliation:release", sees="farah", acts="farah", args=hold),
    Row("reconciliation:reject", sees="farah", acts="farah", args=hold),
    Row("invoices-api:invoices", sees="", acts="", stranger=401, is_open=True),
    Row(
        "invoices-api:invoice",
        sees="",
        args=lambda world: [world.line.invoice_id],
        stranger=401,
        is_open=True,
    ),
    Row("api-schema", sees=EVERYBODY, is_open=True),
    Row("api-docs", sees=EVERYBODY, is_open=True),
    Row("api-problems", sees=EVERYBODY, is_open=True),
]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made once, in a transaction that is undone in the end; nothing a visitor does lasts."""
    with django_db_blocker.unblock(), time_machine.travel(NINE, tick=False), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def make_world() -> World:
    """Two councils; in the first, a visit that was paid for and a wish to join."""
    here, away = make_cast(), make_cast(name="Awayshire Council")
    make_brand(council=here.council)
    contract = make_contract(
        cluster=here.cluster, start_date=ON - timedelta(days=30), end_date=ON + timedelta(days=30)
    )
    visit = make_line(service_code="SESSION", unit_rate_pence=50_00, service_date=ON - timedelta(days=3))
    send(make_document(contract=contract, lines=[visit]), contract=contract, on=ON)
    nora = make_user(name="Nora Provider")
    ProviderStaff.objects.create(user=nora, provider=contract.provider)
    too_dear = make_line(service_code="SESSION", unit_rate_pence=99_00, service_date=ON - timedelta(days=2))
    send(make_document(contract=contract, lines=[too_dear]), contract=contract, on=ON)
    month_end = count(here.council, on=ON)
    give_app(here.ben_user)
    give_spare_codes(here.ben_user)
    return World(
        here=here,
        away=away,
        quinn=make_user_with_role(council=here.council, kind=RoleKind.SOCIAL_WORKER, name="Quinn Other"),
        nora=nora,
        wish=make_wish(here, here.ben, is_agreed=True),
        asked=make_wish(here, make_dora(here), is_agreed=False),
        question=make_question(here),
        forming=make_forming(here),
        request=make_request(cluster=here.cluster, by=here.priya),
        line=InvoiceLine.objects.get(invoice__contract=contract, state="accepted"),
        month_end=month_end,
        finding=make_finding(month_end, here),
        report=make_report(here),
        job=make_job(council_id=here.council.pk),
        passkey=give_passkey(here.amina_user),
        session=make_session(here.amina_user),
        robin=make_authority(person=here.amina, scopes=[Scope.SEE, Scope.VOTE]),
        sam=make_authority(person=here.amina, helper=make_user(name="Sam Hill"), withdrawn_at=NINE),
        told=make_letter(here.amina),
        letter=make_letter(make_person(council=here.council, lead=here.priya)),
        change=make_change(here, contract),
        market=make_market(here, contract, nora),
    )


def make_market(here: Cast, contract: Contract, nora: User) -> Market:
    """A call of Amina's cluster with an offer of Nora's, whose answer the council has yet to check."""
    called = make_call(person=here.amina, cluster=here.cluster, service_code="SESSION", unit="session")
    return Market(
        call=called,
        offer=make_an_offer(call=called, provider=contract.provider, by=nora, at=NINE),
        answer=make_answer(provider=contract.provider, by=nora),
    )


def make_change(here: Cast, contract: Contract) -> Contract:
    """A drafted change of a running contract."""
    change = Change(
        start_date=ON + timedelta(days=7), end_date=ON + timedelta(days=30), weekly_pence=0, rates={}
    )
    return draft_variation(contract=contract, change=change, by=here.carol, at=NINE)


def make_session(user: User) -> UserSession:
    """Somebody is signed in somewhere else too."""
    visitor = as_user(user)
    return UserSession.objects.create(
        user=user, ip="127.0.0.1", user_agent="Firefox", session_key=visitor.session.session_key
    )


def make_letter(person: Person) -> Notice:
    """Somebody was told of something."""
    made = tell(
        person=person,
        kind="people_authority_withdrawn",
        key="1",
        at=NINE,
        by="system:tests",
        helper="Sam Hill",
        on=ON,
    )
    assert made is not None
    return made


def make_forming(cast: Cast) -> Forming:
    """A cluster that is only beginning, with something under each of its addresses."""
    amina, eve = cast.amina_user, make_eve(cast)
    about = About(name="Harbour walkers")
    cluster = found_cluster(council=cast.council, about=about, founders=[cast.amina], by=amina, at=NINE)
    sharing = {"GARDEN": SharingRule.EQUAL}
    first, second = (
        write_agreement(cluster=cluster, words="We walk", sharing=sharing, by=amina, at=NINE)
        for _ in range(2)
    )
    assert first.version < second.version
    return Forming(
        cluster=cluster,
        version=second,
        invitation=make_invitation(membership=cluster.memberships.get(), by=amina, at=NINE),
        wish=ask_to_join(
            cluster=cluster,
            person=eve,
            proposed={make_stream(council=cast.council): 10_00},
            by=cast.priya,
            at=NINE,
        ),
    )


def make_eve(cast: Cast) -> Person:
    """Somebody who would like to walk along."""
    return make_citizen(
        council=cast.council, lead=cast.priya, name="Eve Mor", on=ON, pence={"council": 90_00}
    )


def make_finding(month_end: MonthEnd, cast: Cast) -> Finding:
    """Something that does not agree in a month."""
    return Finding.objects.create(
        month_end=month_end,
        kind="posting_without_line",
        is_blocking=True,
        owner=RoleKind.FINANCE_OFFICER,
        cluster=cast.cluster,
        expected_pence=0,
        found_pence=1,
        run=1,
    )


def make_report(cast: Cast) -> ReportFile:
    """A report of the whole council that was handed out."""
    content = b"%PDF-1.7"
    return ReportFile.objects.create(
        council=cast.council,
        month_start_date=ON.replace(day=1),
        name="may.pdf",
        content=content,
        sha256=sha256(content).hexdigest(),
        made_by="system:tests",
    )


def make_dora(cast: Cast) -> Person:
    """Somebody else who draws on care."""
    return make_citizen(
        council=cast.council, lead=cast.priya, name="Dora Lind", on=ON, pence={"council": 300_00}
    )


def make_question(cast: Cast) -> Decision:
    """Amina asked, and has voted, whether to close the cluster."""
    asked = make_decision([cast.membership], kind=DecisionKind.WIND_DOWN, at=NINE)
    vote(asked, cast.membership, "No", at=NINE)
    return asked


def make_wish(cast: Cast, person: Person, *, is_agreed: bool) -> Membership:
    """Somebody asked to join with 200 pounds; with `is_agreed` the members said yes."""
    assert person.user is not None
    offer = {make_stream(council=cast.council): 200_00}
    asked = ask_to_join(cluster=cast.cluster, person=person, proposed=offer, by=person.user, at=NINE)
    return let_in(asked) if is_agreed else asked


def names_in(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """Every name of the URLconf, but for the admin's, which have a test of their own."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            if inner != "admin:":
                yield from names_in(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}"


def expected(row: Row, allowed: str | None, visitor: str) -> set[int]:
    """The statuses a visitor may get."""
    if visitor == NOBODY and not row.is_open:
        return {302}
    if allowed is None:
        return {405}
    whose = "amina" if visitor == "robin" and not row.is_own else visitor
    return THROUGH if {whose, visitor} & set(allowed.split()) else {row.stranger}


def test_declares_every_address_once() -> None:
    declared = [row.name for row in ROWS]
    assert len(declared) == len(set(declared))
    assert set(names_in(get_resolver().url_patterns)) - set(declared) == set(), "Add a Row for each of these."
    assert set(declared) - set(names_in(get_resolver().url_patterns)) == set(), (
        "These are gone: take their Row out."
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_answers_each_visitor_as_declared(world: World, row: Row) -> None:
    address = reverse(row.name, args=row.args(world))
    surprises = {}
    for visitor in EVERYBODY.split():
        client, user = Visitor(), world.visitor(visitor)
        if user is not None:
            client.force_login(user)
        if visitor == "robin":
            act_for(client, world.robin)
        for method, allowed in (("get", row.sees), ("post", row.acts)):
            with transaction.atomic():
                response = getattr(client, method)(address)
                transaction.set_rollback(True)
            wanted = expected(row, allowed, visitor)
            if response.status_code not in wanted:
                surprises[f"{method} by {visitor}"] = (response.status_code, wanted)
    assert surprises == {}


@pytest.mark.parametrize("visitor", EVERYBODY.split())
def test_keeps_the_admin_closed(world: World, visitor: str) -> None:
    client, user = Visitor(), world.visitor(visitor)
    if user is not None:
        client.force_login(user)
    assert client.get(reverse("admin:index")).status_code == 302


def test_asks_nobody_for_a_password_at_the_door_of_the_admin(world: World) -> None:
    client = Visitor()
    assert client.get(reverse("admin:index"), follow=True).redirect_chain[-1][0].startswith("/sign-in/")
    client.force_login(world.here.farah)
    assert client.get(reverse("admin:login")).status_code == 403
