"""What PostgreSQL holds about versions of an agreement, drafts, invitations and closing, psql included."""

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from clusters.models import (
    Agreement,
    AgreementDraft,
    AskedAgain,
    Cluster,
    ClusterState,
    Invitation,
    PlanAgreement,
    Signature,
)
from tests.clusters.makers import make_agreement, make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.guards import assert_kept, assert_refused, run_sql

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 4)
AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
SIGN = "UPDATE clusters_agreement SET signed_date = '2026-05-04' WHERE id = %s"


def make_signed_by_two(cluster: Cluster) -> Agreement:
    """A version that is not loaded, with two signatures; it does not bind yet."""
    agreement = Agreement.objects.create(cluster=cluster, version=cluster.agreements.count() + 1)
    for _ in range(2):
        member = make_member(cluster=cluster)
        Signature.objects.create(agreement=agreement, membership=member, signed_date=DAY, signed_by="user:1")
    return agreement


def make_invitation(cluster: Cluster) -> Invitation:
    """A code of a member that lasts a week."""
    return Invitation.objects.create(
        cluster=cluster,
        membership=make_member(cluster=cluster),
        code="AAAA-BBBB",
        made_at=AT,
        made_by="user:1",
        ends_at=AT + timedelta(days=7),
    )


def test_a_later_version_does_not_bind_without_the_members_decision() -> None:
    agreement = make_signed_by_two(make_cluster())
    assert_refused(SIGN, agreement.pk, match="the members have not decided on it")


def test_the_first_version_needs_no_decision() -> None:
    agreement = make_signed_by_two(make_cluster(state=ClusterState.FORMING))
    run_sql(SIGN, agreement.pk)


@pytest.mark.parametrize("change", ["words = 'Other words'", "notice_days = 3", "money_method = 'consent'"])
def test_what_somebody_has_signed_keeps_its_words(change: str) -> None:
    agreement = make_signed_by_two(make_cluster(state=ClusterState.FORMING))
    change = f"UPDATE clusters_agreement SET {change} WHERE id = %s"
    assert_refused(change, agreement.pk, match="stays as it was put")


def test_what_somebody_has_signed_keeps_its_terms() -> None:
    cluster = make_cluster(state=ClusterState.FORMING)
    agreement = make_agreement(cluster=cluster)
    Signature.objects.create(
        agreement=agreement, membership=make_member(cluster=cluster), signed_date=DAY, signed_by="user:1"
    )
    change = "UPDATE clusters_sharingterm SET rule = 'by_use' WHERE agreement_id = %s"
    assert_refused(change, agreement.pk, match="stays as it was put")


def test_nobody_signs_for_another_cluster() -> None:
    agreement, stranger = make_cluster().agreements.get(), make_member()
    assert_refused(
        "INSERT INTO clusters_signature (agreement_id, membership_id, signed_date, signed_by) "
        "VALUES (%s, %s, '2026-05-04', 'user:1')",
        agreement.pk,
        stranger.pk,
        match="is of another cluster",
    )


def test_a_draft_that_was_put_stays_and_there_is_one_open() -> None:
    cluster = make_cluster()
    draft = AgreementDraft.objects.create(cluster=cluster, begun_by="user:1", saved_by="user:1")
    again = "INSERT INTO clusters_agreementdraft (cluster_id, answers, begun_by, saved_by) VALUES (%s, '{}', '', '')"
    assert_refused(again, cluster.pk, match="clusters_draft_is_open_once_a_cluster")
    draft.put_as = make_agreement(cluster=cluster)
    draft.save(update_fields=["put_as"])
    change = "UPDATE clusters_agreementdraft SET answers = '{}' WHERE id = %s"
    assert_refused(change, draft.pk, match="stays as it was")


def test_the_professional_is_answered_once_and_by_a_word_on_the_same_member() -> None:
    member = make_member()
    question = AskedAgain.objects.create(membership=member, why="Pledged more", asked_by="user:1")
    word, other = (
        PlanAgreement.objects.get(membership=member),
        PlanAgreement.objects.get(membership=make_member()),
    )
    answer = "UPDATE clusters_askedagain SET answer_id = %s WHERE id = %s"
    assert_refused(answer, other.pk, question.pk, match="stays as it was asked")
    assert_refused("UPDATE clusters_askedagain SET why = 'x' WHERE id = %s", question.pk)
    run_sql(answer, word.pk, question.pk)
    assert_refused(answer, word.pk, question.pk, match="is answered once")


def test_an_invitation_is_only_withdrawn_and_once() -> None:
    invitation = make_invitation(make_cluster())
    longer = "UPDATE clusters_invitation SET ends_at = ends_at + interval '1 year' WHERE id = %s"
    assert_refused(longer, invitation.pk, match="stays as it was made")
    withdraw = "UPDATE clusters_invitation SET withdrawn_at = now() WHERE id = %s"
    run_sql(withdraw, invitation.pk)
    assert_refused(withdraw, invitation.pk)
    assert_refused("UPDATE clusters_invitation SET withdrawn_at = NULL WHERE id = %s", invitation.pk)


def test_a_cluster_does_not_close_with_money_in_its_pool() -> None:
    cluster = make_cluster(state=ClusterState.WINDING_DOWN)
    make_member(cluster=cluster, pledged={"council": 1})
    close = "UPDATE clusters_cluster SET state = 'closed' WHERE id = %s"
    assert_refused(close, cluster.pk, match="has money in its pool")
    run_sql(close, make_cluster(state=ClusterState.WINDING_DOWN).pk)


def test_a_cluster_does_not_close_while_something_is_bought() -> None:
    cluster = make_cluster(state=ClusterState.WINDING_DOWN)
    make_contract(cluster=cluster, end_date=date(2999, 1, 1))
    close = "UPDATE clusters_cluster SET state = 'closed' WHERE id = %s"
    assert_refused(close, cluster.pk, match="a contract that is not over")


@pytest.mark.django_db(transaction=True)
def test_drafts_invitations_and_questions_are_kept(owner_connection: psycopg.Connection) -> None:
    cluster = make_cluster()
    AgreementDraft.objects.create(cluster=cluster, begun_by="user:1", saved_by="user:1")
    invitation = make_invitation(cluster)
    AskedAgain.objects.create(membership=invitation.membership, why="Pledged more", asked_by="user:1")
    for table in ("clusters_agreementdraft", "clusters_invitation", "clusters_askedagain"):
        assert_kept(owner_connection, table)
