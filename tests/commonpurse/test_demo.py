"""The made-up council: lively on every day of the year, proved by the books, and loaded once."""

import base64
import json
import re
import shlex
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from celery import Celery
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from budgets.queries.care_account import care_account_of
from clusters.models import Cluster, ClusterState, Membership, MembershipState
from commissioning.models import (
    Approval,
    ApprovalState,
    Call,
    CallState,
    Contract,
    ContractState,
    UnmetDemand,
)
from commissioning.queries import checks_of
from commissioning.queries.calls import when_to_choose
from commissioning.queries.compare import compare
from commonpurse.demo import guide
from commonpurse.demo.days import WHOLE_MONTHS, Days
from commonpurse.demo.load import load
from invoices.models import (
    BankLine,
    Hold,
    HoldReason,
    HoldState,
    Invoice,
    InvoiceKind,
    InvoiceLine,
    LineState,
    Payment,
    PaymentRun,
    PaymentState,
    RunState,
)
from ledger.models import Period
from ledger.queries import faults
from moving.queries import agreed_plan_of, in_the_way, trusted_by
from people.models import Council, Person, User
from plans.models import Challenge, IndicativeBudget, Plan
from providers.models import Provider
from reconciliation.models import MonthEnd, MonthEndState
from reports.queries.caseload import standing_of
from reports.queries.my_people import my_people
from tests.plugin.database import empty_test_database

TODAY = date(2026, 11, 21)


def quiet(_: str) -> None:
    """Progress that nobody reads."""


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Council]:
    """The made-up council, loaded once for all the tests that only look at it."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Celery, "send_task", lambda *_, **__: None)
        try:
            yield load(on=TODAY, say=quiet).council
        finally:
            empty_test_database()


def row_counts() -> dict[str, int]:
    """How many rows every table has."""
    return {model._meta.db_table: model._default_manager.count() for model in apps.get_models()}


def who(email: str) -> User:
    """Somebody of the story who signs in."""
    return User.objects.get(email=email)


def test_is_a_town_full_of_people(town: Council) -> None:
    assert Person.objects.filter(council=town).count() >= 30
    assert Person.objects.exclude(birth_date=None).exclude(postcode="").count() == Person.objects.count()
    assert Plan.objects.exclude(outcomes="").filter(needs__isnull=False).distinct().count() >= 30
    assert Cluster.objects.filter(state=ClusterState.ACTIVE).count() >= 4
    assert Provider.objects.exclude(legal_form="").count() >= 6


def test_has_members_who_came_later_and_one_who_left(town: Council) -> None:
    joined = Counter(Membership.objects.exclude(joined_date=None).values_list("joined_date", flat=True))
    assert len(joined) >= 3
    assert Membership.objects.filter(state=MembershipState.LEFT, left_date__lt=TODAY).count() == 1


def test_has_four_whole_months_of_invoices_and_some_of_this_month(town: Council) -> None:
    months = Counter(
        day.replace(day=1) for day in Invoice.objects.values_list("period_start_date", flat=True)
    )
    assert sorted(months) == [date(2026, month, 1) for month in (7, 8, 9, 10, 11)]
    assert InvoiceLine.objects.filter(state=LineState.ACCEPTED).count() >= 500
    assert Invoice.objects.filter(kind=InvoiceKind.CREDIT_NOTE).count() == 1
    assert Invoice.objects.earliest("received_at").received_at.date() < date(2026, 8, 10)


def test_holds_lines_for_different_reasons_and_shows_what_was_decided(town: Council) -> None:
    assert set(Hold.objects.filter(state=HoldState.OPEN).values_list("reason", flat=True)) == {
        HoldReason.RATE_MISMATCH,
        HoldReason.DUPLICATE_LINE,
        HoldReason.MEMBER_NOT_ACTIVE,
        HoldReason.UNKNOWN_SERVICE,
        HoldReason.AMOUNT_MISMATCH,
        HoldReason.UNITS_EXCEEDED,
    }
    assert Hold.objects.filter(opened_at__date__lt=TODAY - timedelta(days=28)).exists()
    assert Hold.objects.filter(state=HoldState.OPEN, due_date__gte=TODAY).exists()
    decided = Hold.objects.exclude(state=HoldState.OPEN).values_list("state", flat=True)
    assert sorted(decided) == [HoldState.REJECTED, HoldState.RELEASED]


def test_waits_with_two_offers_to_choose_from_and_knows_what_nobody_offered(town: Council) -> None:
    call = Call.objects.get(council=town, state=CallState.OPEN)
    offers = compare(call=call, person=None, on=TODAY).offers
    assert [one.offer.provider.name for one in offers] == [
        "Lantern Night Support Ltd",
        "Daryeel Home Care Co-operative",
    ]
    assert when_to_choose(call=call, on=TODAY) is None
    assert UnmetDemand.objects.get(council=town).offers_count == 0


def test_has_two_providers_who_could_offer_what_newcomers_call_for(town: Council) -> None:
    for email in ("hodan@example.org", "lesley@example.org"):
        provider = who(email).employments.get().provider
        assert {"HC-HOUR", "PA-HOUR", "NIGHT"} <= set(provider.service_codes)
        assert provider.area == ""


def test_has_closed_months_in_order_and_one_to_be_signed(town: Council) -> None:
    states = MonthEnd.objects.order_by("start_date").values_list("start_date__month", "state")
    closed = [(month, MonthEndState.CLOSED) for month in (4, 5, 6, 7)]
    assert list(states) == [*closed, (8, MonthEndState.CLEAN)]
    assert Period.objects.filter(book=town.book_id).count() == 4


def test_has_paid_providers_and_knows_every_pound_of_the_bank(town: Council) -> None:
    states = list(PaymentRun.objects.filter(council=town).order_by("number").values_list("state", flat=True))
    assert states[-1] == RunState.REVIEWED  # it waits for somebody else to approve it
    assert set(states[:-1]) == {RunState.PAID}
    assert Payment.objects.filter(run__council=town, state=PaymentState.RETURNED).count() == 1
    lines = BankLine.objects.filter(statement__council=town)
    assert set(lines.values_list("state", flat=True)) == {"open", "paid", "returned"}
    assert {line.counterparty for line in lines.filter(state="open")} == {"The bank"}


def test_knows_a_second_council_and_somebody_who_can_move_there(town: Council) -> None:
    assert [str(known) for known in trusted_by(town)] == ["Ashwick Borough Council"]
    winifred = who("winifred@example.org").people.get()
    assert agreed_plan_of(winifred) is not None
    assert care_account_of(person=winifred, on=TODAY).counted_pence > 0
    [cluster] = in_the_way(person=winifred, moved_date=TODAY)
    assert "The Sewing Table" in cluster.words


def test_leaves_books_that_prove(town: Council) -> None:
    assert list(faults(book_id=town.book_id)) == []


def test_has_something_waiting_for_the_person(town: Council) -> None:
    halima = who("halima@example.org").people.get()
    assert standing_of(person=halima, on=TODAY).review_soon(TODAY) is not None


def test_has_a_budget_worked_out_that_was_challenged_and_answered(town: Council) -> None:
    challenges = Challenge.objects.filter(indicative__assessment__person__council=town).order_by("made_at")
    assert [bool(one.answered_at) for one in challenges] == [True, False]
    current = IndicativeBudget.objects.get(assessment__person__council=town, is_current=True)
    assert (current.why, current.unpaid_hours > 0) == ("challenge", True)


def test_has_something_of_every_kind_waiting_for_the_professional(town: Council) -> None:
    waiting = my_people(user=who("priya@example.org"), on=TODAY)
    assert waiting.late
    assert waiting.soon
    assert waiting.to_agree
    assert waiting.submitted


def test_has_contracts_that_the_commissioner_can_approve_and_some_that_have_to_go_back(town: Council) -> None:
    waiting = Approval.objects.filter(state=ApprovalState.WAITING)
    undone = {
        approval.contract.ref: [
            check.name
            for check in checks_of(approval=approval, by=who("marcus@example.org"), on=TODAY)
            if not check.done
        ]
        for approval in waiting
    }
    assert len(undone) == 3
    assert [] in undone.values()
    assert sum(bool(names) for names in undone.values()) == 2
    assert Contract.objects.filter(state=ContractState.APPROVED).count() == 6


def test_promises_what_it_sends_by_curl_is_taken_in(town: Council, client: Client) -> None:
    opens = guide.key_for_trying(town, kept_in=None, is_first=True, at=timezone.now())
    assert opens is not None
    example = guide.curl_example("http://testserver", opens, on=TODAY).replace("\\\n", " ")
    asking, sending = example.split("\n\n")
    assert f"-u '{opens.client_id}:{opens.secret}'" in asking
    shown = f"{opens.client_id}:{opens.secret}".encode()
    given = client.post(
        "/api/v1/token",
        data="grant_type=client_credentials",
        content_type="application/x-www-form-urlencoded",
        headers={"Authorization": f"Basic {base64.b64encode(shown).decode()}"},
    )
    token = subprocess.run(
        ["sh", "-c", guide.TAKE_OUT], input=given.content, capture_output=True, check=True
    ).stdout.decode()
    assert token == given.json()["access_token"]
    words = shlex.split(sending.replace("$TOKEN", token))
    headers = dict(word.split(": ", 1) for word in words if re.match(r"[A-Z][A-Za-z-]+: ", word))
    answer = client.post(
        words[2].removeprefix("http://testserver"),
        data=words[-1],
        content_type=headers.pop("Content-Type"),
        headers=headers,
    )
    assert answer.status_code == 201, answer.content
    assert [line["state"] for line in answer.json()["lines"]] == ["accepted"]
    assert answer.json()["number"] == json.loads(words[-1])["number"]


def test_changes_nothing_when_it_is_loaded_again(town: Council) -> None:
    before = row_counts()
    said: list[str] = []
    assert load(on=TODAY + timedelta(days=30), say=said.append) == (town, False)
    assert said == []
    assert row_counts() == before


def test_says_how_to_sign_in_and_that_it_is_there_already(
    town: Council, settings: Settings, tmp_path: Path
) -> None:
    settings.DEMO, settings.SITE_ADDRESS = True, "http://localhost:8123"
    said, tokens = [], set()
    for _ in range(2):
        out, beside = StringIO(), StringIO()
        call_command("load_demo", token_file=tmp_path / "token", stdout=out, stderr=beside)
        assert "is there already; nothing was changed." in beside.getvalue()
        tokens |= set(re.findall(r"cp_\S+(?=')", out.getvalue()))
        said.append(out.getvalue())
    assert "http://localhost:8123/caught-mail/" in said[0]
    assert all(
        User.objects.filter(email=email, is_active=True).exists() for email in re.findall(r"\S+@\S+", said[0])
    )
    assert len(tokens) == 1
    assert (tmp_path / "token").stat().st_mode & 0o077 == 0


def test_is_refused_kindly_outside_the_demo(db: None, settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="only for the demo"):
        call_command("load_demo")
    assert not Council.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_leaves_nothing_or_goes_on_where_it_was_interrupted() -> None:
    def interrupt(at: str) -> None:
        def say(line: str) -> None:
            if line.startswith(at):
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            load(on=TODAY, say=say)

    interrupt("What waits today")
    assert not Council.objects.exists()

    interrupt("Month end of July")
    assert MonthEnd.objects.filter(state=MonthEndState.CLOSED).count() == 3

    assert load(on=TODAY + timedelta(days=1), say=quiet).is_first
    assert MonthEnd.objects.filter(state=MonthEndState.CLOSED).count() == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("on", [date(2026, 9, 1), date(2027, 3, 31), date(2027, 4, 1), date(2028, 2, 29)])
def test_is_as_lively_on_another_day(on: date) -> None:
    council = load(on=on, say=quiet).council

    open_holds = Hold.objects.filter(state=HoldState.OPEN)
    assert 4 <= open_holds.count() <= 12
    assert not open_holds.filter(reason=HoldReason.INSUFFICIENT_FUNDS).exists()
    assert (
        len({day.replace(day=1) for day in Invoice.objects.values_list("period_start_date", flat=True)})
        >= WHOLE_MONTHS
    )
    assert MonthEnd.objects.filter(state=MonthEndState.CLEAN).count() == 1
    assert list(faults(book_id=council.book_id)) == []


def test_has_a_year_that_covers_all_that_happens_in_it() -> None:
    for number in range(800):
        days = Days(date(2026, 1, 1) + timedelta(days=number))
        assert days.year_start.month in {4, 10}
        assert days.year_start <= days.founding < days.joining < days.first_month <= days.on < days.year_end
        assert days.month_number(days.on) in {WHOLE_MONTHS, WHOLE_MONTHS + 1}
