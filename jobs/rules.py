"""When work is given up. Pure: no Django, no database, no clock."""

# A worker that is killed five times over the same work is most likely killed by it.
MOST_ATTEMPTS = 5

GIVEN_UP = (
    "We tried {attempts} times and could not finish this. Nothing was half done. "
    "You can try again; if it happens again, tell the people who look after this system and quote {ref}."
)
PARTS_GIVEN_UP = "{count} of {total} parts of this could not be done. The first said: {words}"


def is_given_up(*, attempts: int) -> bool:
    """Tell whether work that was begun so many times and never finished is left alone now."""
    return attempts >= MOST_ATTEMPTS
