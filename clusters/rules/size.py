"""What a cluster is held to where its council has said nothing else. Pure: no Django."""

from typing import NamedTuple


class Size(NamedTuple):
    """How few and how many members a cluster may have, and who says so."""

    least_members: int
    most_members: int
    source: str


# Source: design section 4, "Between 3 and 15 members by default (council policy)".
USUAL_SIZE = Size(least_members=3, most_members=15, source="The usual size of a cluster")
