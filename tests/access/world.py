"""Two councils with something under each address, for whoever visits every page."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from budgets.models import BudgetStatement, PaymentArrangement
from clusters.actions import About, ask_to_join, found_cluster, make_invitation, write_agreement
from clusters.models import (
    Absence,
    Agreement,
    Cluster,
    Decision,
    DecisionKind,
    Invitation,
    Membership,
    SharingRule,
)
from commissioning.actions import Change, draft_variation, return_contract
from commissioning.models import Approval, Call, Contract, Offer
from invoices.actions.disputes import say_not_happened
from invoices.actions.webhooks import send_test
from invoices.models import BankLine, Delivery, Dispute, InvoiceLine, Payment, Upload, Visit
from jobs.models import Job
from people.actions import tell
from people.models import (
    Authority,
    AuthorityKind,
    CarerConsent,
    Notice,
    Person,
    PolicyValue,
    RoleKind,
    Scope,
    User,
)
from plans.actions.capacity import challenge_capacity
from plans.models import Assessment, Challenge, Plan, RasKind, RasVersion
from providers.models import EthicalAnswer, PayeeAccount, SystemKey
from reconciliation.models import Finding, MonthEnd
from reports.models import ReportFile
from tests.access.bills import (
    make_account,
    make_bank_line,
    make_billed,
    make_nora,
    make_payment,
    make_recorded,
    make_upload,
)
from tests.access.moves import Moves, make_moves
from tests.access.paid import make_paid
from tests.budgets.makers import make_proposal, make_stream
from tests.cast import NINE, ON, Cast, make_cast, make_citizen
from tests.clusters.makers import make_absence
from tests.clusters.voting import let_in, make_decision, vote
from tests.commissioning.calling import make_an_offer, make_call
from tests.commissioning.makers import make_request
from tests.commonpurse.second_steps import give_app, give_passkey, give_spare_codes, make_session
from tests.invoices.hearing import make_endpoint
from tests.jobs.makers import make_job
from tests.people.makers import (
    make_authority,
    make_brand,
    make_mark,
    make_person,
    make_policy,
    make_user,
    make_user_with_role,
)
from tests.plans.asking import make_open_draft, make_ras
from tests.plans.assessing import answer, challenge_line, make_assessment, make_consent, make_indicative
from tests.plans.judging import make_lack
from tests.plans.makers import Papers, make_papers
from tests.plans.planning import make_handed_in
from tests.providers.makers import make_answer, make_issued
from tests.reconciliation.makers import count


@dataclass(frozen=True)
class Forming:
    """A cluster that Amina founded: its second version, which waits for her signature, her code, and Eve's wish."""

    cluster: Cluster
    version: Agreement
    invitation: Invitation
    wish: Membership


@dataclass(frozen=True)
class Market:
    """
    Amina's call, the offer that Nora made for it, and an answer of hers to the ethical test.

    Her system has a key, and was told something.
    """

    call: Call
    offer: Offer
    answer: EthicalAnswer
    key: SystemKey
    delivery: Delivery


@dataclass(frozen=True)
class Assessed:
    """
    What Ben's assessment is that is being written, and what Amina said against a line of hers.

    Robin agreed as Amina's carer that their care is counted.
    """

    written: Assessment
    challenge: Challenge
    consent: CarerConsent


@dataclass(frozen=True)
class World:
    """
    A council and another one like it, with something under each address.

    Amina is a member of the cluster and paid for `line`; Ben would like to join it (`wish`), and so would Dora
    (`asked`: the members have not said yet). Priya leads Amina and Ben; Quinn is another social worker there, Ruth
    a team manager, and    Nora works for the provider. The other council's are away. Amina has a passkey and
    a second session, Ben an app for codes. Robin helps Amina: may see and vote for her, and does it now; Sam's
    authority for her was withdrawn, and her money is kept from
    Sam. `told` is a letter of Amina's, `letter` one to somebody without e-mail.
    `change` is a draft of what her cluster's contract might become, `sent_back` one the council sent back; `absence` is
    when she is away. `payment` is what the provider gets for `line`, and is at the bank; `account` a new bank account
    of theirs that nobody has checked; `bank_line` is money that went out, and nobody has said yet that it is that.
    Amina says that what she paid for did not happen (`dispute`).
    `papers`: the next version of Amina's plan, which Priya writes, and Ben's plan as a file.
    `paid` is Ben's direct payment. `waiting` is Petra's plan, on which a team manager decides.
    `upload` is a file of invoices that Nora looked at and has not sent; `recorded` a visit that was not billed.
    `proposal` is a budget proposed for Ben's plan, which is agreed; what he pays was worked out.
    `policy` is a value of the council's own, `draft` the next version of how it works out budgets.
    """

    here: Cast
    away: Cast
    quinn: User
    ruth: User
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
    sent_back: Contract
    market: Market
    absence: Absence
    upload: Upload
    payment: Payment
    account: PayeeAccount
    dispute: Dispute
    bank_line: BankLine
    assessed: Assessed
    recorded: Visit
    proposal: BudgetStatement
    policy: PolicyValue
    draft: RasVersion
    moves: Moves
    papers: Papers
    waiting: Plan
    paid: PaymentArrangement

    def visitor(self, name: str) -> User | None:
        """Whoever a name in the table stands for."""
        cast, name = (self.away, name[5:]) if name.startswith("away_") else (self.here, name)
        helpers = {"robin": self.robin.helper, "sam": self.sam.helper}
        named = {"quinn": self.quinn, "ruth": self.ruth, "nora": self.nora, "nobody": None, **helpers}
        if name in named:
            return named[name]
        return {
            "amina": cast.amina_user,
            "ben": cast.ben_user,
            "priya": cast.priya,
            "carol": cast.carol,
            "farah": cast.farah,
        }[name]


def make_world() -> World:
    """Two councils; in the first, a visit that was paid for and a wish to join."""
    here, away = make_cast(), make_cast(name="Awayshire Council")
    make_brand(council=here.council)
    contract = make_billed(here)
    nora = make_nora(contract)
    month_end = count(here.council, on=ON)
    give_app(here.ben_user)
    give_spare_codes(here.ben_user)
    payment = make_payment(here, contract)
    robin = make_authority(person=here.amina, scopes=[Scope.SEE, Scope.VOTE], kind=AuthorityKind.CARER)
    line = InvoiceLine.objects.get(invoice__contract=contract, state="accepted")
    return World(
        here=here,
        away=away,
        ruth=make_user_with_role(council=here.council, kind=RoleKind.MANAGER, name="Ruth Adeyemi"),
        waiting=make_handed_in(person=make_person(council=here.council, lead=here.priya, name="Petra Lowe")),
        papers=make_papers(drafted_for=here.amina, agreed=here.plan),
        quinn=make_user_with_role(council=here.council, kind=RoleKind.SOCIAL_WORKER, name="Quinn Other"),
        nora=nora,
        wish=make_wish(here, here.ben, is_agreed=True),
        asked=make_wish(here, make_dora(here), is_agreed=False),
        question=make_question(here),
        forming=make_forming(here),
        request=make_request(cluster=here.cluster, by=here.priya),
        line=line,
        month_end=month_end,
        finding=make_finding(month_end, here),
        report=make_report(here),
        job=make_job(council_id=here.council.pk),
        passkey=give_passkey(here.amina_user),
        session=make_session(here.amina_user),
        robin=robin,
        assessed=make_assessed(here, robin.helper),
        sam=make_sam(here),
        told=make_letter(here.amina),
        letter=make_letter(make_person(council=here.council, lead=here.priya)),
        change=make_change(here, contract),
        sent_back=make_sent_back(here),
        market=make_market(here, contract, nora),
        absence=make_absence(membership=here.membership, start_date=ON, end_date=ON + timedelta(days=2)),
        upload=make_upload(contract, nora),
        payment=payment,
        dispute=say_not_happened(
            line=line, person=here.amina, words="Nobody came", by=here.amina_user, on=ON, at=NINE
        ),
        bank_line=make_bank_line(here, payment),
        recorded=make_recorded(contract),
        proposal=make_proposal(plan=here.plan, by=here.priya, on=ON, at=NINE),
        policy=make_policy(council=here.council, code="dp_balance_weeks", value=6),
        draft=make_open_draft(council=here.council, at=NINE),
        moves=make_moves(here, away),
        paid=make_paid(here),
        account=make_account(contract, nora),
    )


def make_sam(here: Cast) -> Authority:
    """Somebody from whom Amina's money is kept; she cannot decide about it, and says that she can."""
    sam = make_authority(person=here.amina, helper=make_user(name="Sam Hill"), withdrawn_at=NINE)
    make_mark(person=here.amina, kept_from=sam.helper, by=here.priya, at=NINE)
    lack = make_lack(person=here.amina, by=here.priya, on=ON, at=NINE)
    challenge_capacity(capacity=lack, words="I can.", by=here.amina_user, on=ON, at=NINE)
    return sam


def make_assessed(here: Cast, carer: User) -> Assessed:
    """Amina's budget was worked out, and she does not agree with a line; Ben's assessment is being written."""
    make_ras(council=here.council)
    make_ras(council=here.council, kind=RasKind.CARER)
    consent = make_consent(person=here.amina, carer=carer)
    indicative = make_indicative(person=here.amina)
    written = make_assessment(person=here.ben)
    answer(written, 1, 2)
    return Assessed(written=written, challenge=challenge_line(indicative), consent=consent)


def make_market(here: Cast, contract: Contract, nora: User) -> Market:
    """A call of Amina's cluster with an offer of Nora's, whose answer the council has yet to check."""
    called = make_call(person=here.amina, cluster=here.cluster, service_code="SESSION", unit="session")
    return Market(
        call=called,
        offer=make_an_offer(call=called, provider=contract.provider, by=nora, at=NINE),
        answer=make_answer(provider=contract.provider, by=nora),
        key=make_issued(provider=contract.provider).key,
        delivery=send_test(endpoint=make_endpoint(provider=contract.provider)[0], at=NINE),
    )


def make_sent_back(here: Cast) -> Contract:
    """A contract the members decided on that the council sent back."""
    approval = make_request(cluster=here.cluster, by=here.priya)
    return return_contract(
        approval=approval, reason="Ask another provider too.", by=here.carol, at=NINE
    ).contract


def make_change(here: Cast, contract: Contract) -> Contract:
    """A drafted change of a running contract."""
    change = Change(
        start_date=ON + timedelta(days=7), end_date=ON + timedelta(days=30), weekly_pence=0, rates={}
    )
    return draft_variation(contract=contract, change=change, by=here.carol, at=NINE)


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
