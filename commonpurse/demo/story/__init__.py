"""Who lives in Thornvale, what they do together, and who works for them. All of it is made up."""

from commonpurse.demo.shapes import Circle, Somebody
from commonpurse.demo.story.band import BAND
from commonpurse.demo.story.garden import GARDEN
from commonpurse.demo.story.hooyo import HOOYO
from commonpurse.demo.story.minibus import MINIBUS
from commonpurse.demo.story.newcomers import NEWCOMERS
from commonpurse.demo.story.nights import NIGHTS
from commonpurse.demo.story.sewing import SEWING
from commonpurse.demo.story.suppers import SUPPERS

CIRCLES: tuple[Circle, ...] = (HOOYO, MINIBUS, BAND, GARDEN, NIGHTS, SUPPERS, SEWING)
PEOPLE: tuple[Somebody, ...] = tuple(
    {
        somebody.ref: somebody
        for somebody in (
            *(member.person for circle in CIRCLES for member in circle.members),
            *NEWCOMERS,
        )
    }.values()
)

__all__ = ["CIRCLES", "PEOPLE"]
