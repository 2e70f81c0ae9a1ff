"""Who has looked at somebody's record."""

from people.models import Person, ReadingQuerySet


def looks_of(person: Person) -> ReadingQuerySet:
    """Give every look of others at a person's record: the newest day first, and within it reader by reader."""
    looks: ReadingQuerySet = person.readings.select_related("reader")
    return looks.order_by("-on_date", "reader__name", "reader_id", "read_at", "part")
