"""What happens in Thornvale beside the everyday: who asks to join, and what providers get wrong or take back."""

from commonpurse.demo.shapes import Asking, Credited, Slip, Slipped
from commonpurse.demo.story.council import COUNCIL, HEALTH, OWN
from commonpurse.demo.story.newcomers import BILAL, EILEEN, NEVILLE

ASKINGS = (
    Asking(person=EILEEN, circle="BUS", offers={COUNCIL: 620_00, OWN: 140_00}, days_ago=10),
    Asking(
        person=BILAL,
        circle="GROW",
        offers={COUNCIL: 540_00, HEALTH: 180_00},
        days_ago=2,
        members_agree=False,
    ),
    Asking(
        person=NEVILLE,
        circle="BAND",
        offers={COUNCIL: 480_00},
        days_ago=24,
        declined=(
            "Two hours of loud music would make your tremor worse, and the clinic agrees. The choir that Gwen goes "
            "to meets in a quiet hall: shall we look at that together? You can ask again at any time."
        ),
    ),
)

SLIPS = (
    Slipped(
        deal="K-201",
        month=0,
        slip=Slip.WRONG_RATE,
        put_right="Rolling Green sent last year's price by mistake and agreed to ours on the telephone.",
    ),
    Slipped(
        deal="K-101",
        month=0,
        slip=Slip.TWICE,
        refused="This visit is on the same invoice already. Please send a new line if there were two visits.",
    ),
    Slipped(deal="K-101", month=1, slip=Slip.TWICE),
    Slipped(deal="K-201", month=2, slip=Slip.WRONG_RATE),
    Slipped(deal="K-401", month=3, slip=Slip.AFTER_LEAVING),
    Slipped(deal="K-301", month=3, slip=Slip.NOT_BOUGHT),
    Slipped(deal="K-102", month=3, slip=Slip.WRONG_SUM),
    Slipped(deal="K-101", month=4, slip=Slip.WRONG_RATE),
)
CREDITS = (Credited(deal="K-101", month=1),)
