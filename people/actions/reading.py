"""Writing down who looked at somebody's record."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.utils import timezone

from people.models import Authority, Footing, Part, Person, RoleKind, User

# Of several things somebody does for a council, the one that is named to the person: the first of these.
NAMED_FIRST = (
    RoleKind.MANAGER,
    RoleKind.SOCIAL_WORKER,
    RoleKind.FINANCE_OFFICER,
    RoleKind.COMMISSIONER,
    RoleKind.ENTERPRISE_OFFICER,
    RoleKind.AUDITOR,
    RoleKind.ADMINISTRATOR,
)
# One statement: a page asks once more. Under which authority a helper looks, who did not choose to act under
# one, is found on the way: without any they look as a carer, who sees what their own consent is about.
WRITE = """
    INSERT INTO people_reading (person_id, reader_id, part, footing, authority_id, on_date, read_at)
    SELECT seen.person_id, %(reader)s, seen.part,
        CASE WHEN seen.footing <> 'helper' OR acts.id IS NOT NULL THEN seen.footing ELSE 'carer' END,
        CASE WHEN seen.footing = 'helper' THEN acts.id END, %(on)s, %(at)s
    FROM unnest(%(people)s::uuid[], %(parts)s::text[], %(footings)s::text[]) AS seen (person_id, part, footing)
    LEFT JOIN LATERAL (
        SELECT id FROM people_authority
        WHERE person_id = seen.person_id AND helper_id = %(reader)s AND withdrawn_at IS NULL
            AND start_date <= %(on)s AND (end_date IS NULL OR end_date > %(on)s)
        ORDER BY id = %(under)s DESC, start_date, id LIMIT 1
    ) acts ON seen.footing = 'helper'
    ON CONFLICT DO NOTHING
"""


def write_reading(
    *, seen: Collection[tuple[Person, Part]], reader: User, under: Authority | None, at: datetime
) -> None:
    """
    Write down which parts of whose record somebody looks at; once a reader, person, part and day.

    What is one's own is nobody's business and not written. `under`: the authority a helper chose to act under.
    """
    on = timezone.localdate(at)
    others = sorted(
        {
            (person.pk, part, footing_of(reader, person))
            for person, part in seen
            if person.user_id != reader.pk
        }
    )
    if not others:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            {
                "people": [person for person, _part, _footing in others],
                "parts": [str(part) for _person, part, _footing in others],
                "footings": [str(footing) for _person, _part, footing in others],
                "reader": reader.pk,
                "under": under.pk if under else None,
                "on": on,
                "at": at,
            },
        )


def footing_of(reader: User, person: Person) -> Footing:
    """Say on what footing somebody looks at a person's record; whoever does nothing for the council is a helper."""
    held = {role.kind for role in reader.roles.all() if role.council_id == person.council_id}
    if person.lead_professional_id == reader.pk and RoleKind.SOCIAL_WORKER in held:
        return Footing.LEAD
    return next((Footing(kind.value) for kind in NAMED_FIRST if kind in held), Footing.HELPER)
