"""The books are proved each night and when a finance officer asks; who looks after the money hears of a wrong row."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.conf import settings
from django.urls import reverse

from jobs.actions import work_off
from jobs.models import Job
from people.models import Council, Notice, RoleKind
from reconciliation.actions import ask_for_all_proofs, ask_for_proof
from reconciliation.queries.faults import ALL_CHECKS
from reconciliation.tasks import prove_all_books
from tests.people.makers import make_council, make_user_with_role
from tests.reconciliation.makers import bill, make_finance_officer, make_pool
from tests.visiting import answered, seen

AT = datetime(2026, 6, 2, 1, 45, tzinfo=UTC)
TOLD = Notice.objects.filter(kind="reconciliation_books_wrong")


def prove(council: Council, *, at: datetime = AT) -> Job:
    """Prove a council's books, as the workers would."""
    job = ask_for_proof(council=council, by="system:tests", at=at)
    work_off(job)
    job.refresh_from_db()
    return job


@pytest.mark.django_db(transaction=True)
def test_names_the_row_that_was_changed_by_hand_and_tells_whoever_looks_after_the_money(
    superuser_connection: psycopg.Connection,
) -> None:
    pool, other = make_pool(), make_pool()
    bill(pool)
    officer = make_finance_officer(council=pool.council)
    make_user_with_role(council=pool.council, kind=RoleKind.COMMISSIONER)
    make_finance_officer(council=other.council)
    right = prove(pool.council)
    assert (right.result["wrong"], TOLD.count(), right.parts.count()) == (0, 0, len(ALL_CHECKS))
    assert "and every row is right" in seen(officer, reverse("reconciliation:months"))
    superuser_connection.execute("SET session_replication_role = replica")
    [line] = superuser_connection.execute(
        "UPDATE invoices_invoiceline SET amount_pence = amount_pence + 1 WHERE id ="
        " (SELECT id FROM invoices_invoiceline WHERE state = 'accepted' LIMIT 1) RETURNING id"
    ).fetchone() or [None]
    superuser_connection.execute("SET session_replication_role = origin")
    wrong = prove(pool.council, at=AT + timedelta(days=1))
    assert wrong.result["wrong"] == len(wrong.result["rows"]) > 0
    assert any(str(line) in row for row in wrong.result["rows"])
    assert [notice.user for notice in TOLD] == [officer]
    page = seen(officer, reverse("reconciliation:months"))
    assert str(line) in page
    assert "Do not pay or close a month until it is clear" in page
    assert prove(other.council).result["wrong"] == 0


@pytest.mark.django_db
def test_gives_the_proof_that_is_under_way_and_none_of_another_councils_books() -> None:
    council = make_pool().council
    officer, stranger = make_finance_officer(council=council), make_finance_officer(council=make_council())
    address = reverse("reconciliation:prove")
    assert "Nothing was asked for" in answered(stranger, address, council=str(council.pk))
    for _ in range(2):
        answered(officer, address, council=str(council.pk))
    [job] = Job.objects.filter(kind="reconciliation.prove_books")
    assert job.asked_by == officer.label
    assert "Waiting for its turn" in seen(officer, reverse("reconciliation:months"))


@pytest.mark.django_db
def test_is_done_for_every_council_each_night() -> None:
    rung = [e for e in settings.CELERY_BEAT_SCHEDULE.values() if e["task"] == prove_all_books.name]
    assert [(entry["schedule"].hour, entry["schedule"].minute) for entry in rung] == [({2}, {45})]
    councils = sorted(make_council().code for _ in range(2))
    asked = ask_for_all_proofs(by="system:nightly", at=AT)
    codes = dict(Council.objects.values_list("pk", "code"))
    assert [codes[job.council_id] for job in asked if job.council_id] == councils
    assert [job.pk for job in ask_for_all_proofs(by="system:nightly", at=AT + timedelta(days=1))] == [
        job.pk for job in asked
    ]
