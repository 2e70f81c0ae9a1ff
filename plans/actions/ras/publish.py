"""Publishing a version of a resource allocation system, and retiring one."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from people.models import User
from people.rules.words import day_words
from plans.actions.ras.write import UnableToWriteRas, check_administers, label_of
from plans.models import RasState, RasVersion
from plans.queries import ras_on, shape_of
from plans.rules.ras import faults_of


class UnableToPublishRas(Exception):
    """It is not whole, not a draft, or cannot begin on that day."""


class UnableToRetireRas(Exception):
    """It is not in use, or nothing would take its place."""


@transaction.atomic
def publish_ras(*, version: RasVersion, effective_date: date, by: User | str, at: datetime) -> RasVersion:
    """
    Publish a version: from `effective_date` on new assessments use it, and nobody can change it any more.

    :raises UnableToPublishRas: something is missing (it says what), the day is over or taken, it is no draft, or the
        user does not administer the council.
    """
    locked = _locked(version)
    try:
        check_administers(locked.council, by)
    except UnableToWriteRas as refusal:
        raise UnableToPublishRas(str(refusal)) from refusal
    today = timezone.localdate(at)
    if not locked.is_draft:
        raise UnableToPublishRas("This version is published already. Make a new version to change something.")
    if effective_date < today:
        raise UnableToPublishRas(
            f"It can be used from {day_words(today)}, or any later day. Assessments before it stay as they were."
        )
    same_kind = locked.council.ras_versions.filter(kind=locked.kind)
    if same_kind.filter(effective_date=effective_date).exists():
        raise UnableToPublishRas("Another version begins on that day. Choose another day.")
    faults = faults_of(shape_of(locked), whose=locked.kind)
    if faults:
        raise UnableToPublishRas("It is not whole yet. " + " ".join(faults))
    locked.state, locked.effective_date = RasState.PUBLISHED, effective_date
    locked.published_at, locked.published_by = at, label_of(by)
    locked.save(update_fields=["state", "effective_date", "published_at", "published_by"])
    return locked


@transaction.atomic
def retire_ras(*, version: RasVersion, until_date: date, by: User | str, at: datetime) -> RasVersion:
    """
    Let no new assessment use a version from `until_date` on; what was worked out with it stays.

    :raises UnableToRetireRas: it is not published, the day is over, nothing would take its place, or the user does not
        administer the council.
    """
    locked = _locked(version)
    try:
        check_administers(locked.council, by)
    except UnableToWriteRas as refusal:
        raise UnableToRetireRas(str(refusal)) from refusal
    if locked.state != RasState.PUBLISHED or locked.effective_date is None:
        raise UnableToRetireRas("Only a published version can be retired, once.")
    if until_date < timezone.localdate(at):
        raise UnableToRetireRas("Choose today or a later day: assessments before it stay as they were.")
    locked.state, locked.until_date = RasState.RETIRED, max(until_date, locked.effective_date)
    locked.retired_at, locked.retired_by = at, label_of(by)
    locked.save(update_fields=["state", "until_date", "retired_at", "retired_by"])
    first = locked.until_date
    if ras_on(council=locked.council, kind=locked.kind, on=first) is None and ras_on(
        council=version.council, kind=version.kind, on=first - timedelta(days=1)
    ):
        raise UnableToRetireRas(
            f"New assessments from {day_words(first)} on would have no questions. Publish another version from that "
            "day first."
        )
    return locked


def _locked(version: RasVersion) -> RasVersion:
    versions = RasVersion.objects.select_for_update(of=["self"], no_key=True).select_related("council")
    return versions.get(pk=version.pk)
