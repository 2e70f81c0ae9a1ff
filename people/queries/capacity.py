"""What somebody can and cannot decide themselves, as far as it is written down."""

from datetime import date

from people.models import CapacityQuerySet, CapacityRecord, Matter, Person


def lacks_of(*, person: Person) -> CapacityQuerySet:
    """Give the decisions that it is written down a person cannot make now, the newest first."""
    lacking: CapacityQuerySet = CapacityRecord.objects.lacking().filter(person=person)
    return lacking.order_by("-assessed_date", "-recorded_at")


def lack_in(*, person: Person, matter: Matter) -> CapacityRecord | None:
    """Give the record that a person cannot decide something now; none where they are taken to be able to."""
    return lacks_of(person=person).filter(matter=matter).first()


def bears(record: CapacityRecord, *, on: date) -> bool:
    """Tell whether an authority may rest on a record on a day: it stands, is of a lack, and its day is not past."""
    return CapacityRecord.objects.lacking().filter(pk=record.pk, look_again_date__gte=on).exists()
