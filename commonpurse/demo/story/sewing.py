"""The Sewing Table: three who sew on Fridays. It buys nothing yet, so whoever moves away can leave it in a day."""

from commonpurse.demo.shapes import EQUAL, Circle, Member
from commonpurse.demo.story.council import COUNCIL
from commonpurse.demo.story.newcomers import EILEEN, NEVILLE, WINIFRED

SEWING = Circle(
    ref="SEW",
    name="The Sewing Table",
    purpose="A long table, good light, and three machines. We save for somebody who teaches us to cut patterns.",
    area="Canal Side",
    in_common="People whose hands are stiff in the morning",
    agreement="We put in the same each week. We hire a teacher when there is enough for ten Fridays.",
    members=(
        Member(person=WINIFRED, weekly={COUNCIL: 6_00}),
        Member(person=EILEEN, weekly={COUNCIL: 6_00}),
        Member(person=NEVILLE, weekly={COUNCIL: 6_00}),
    ),
    sharing={"SEW-HR": EQUAL},
)
