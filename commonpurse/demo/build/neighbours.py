"""The council next door, and the keys that both councils gave each other, so that people can move between them."""

from budgets.actions import add_stream
from budgets.actions.care_account import meter_council
from commonpurse.demo.build.people import BY, PLANNED_BEFORE
from commonpurse.demo.days import moment
from commonpurse.demo.shapes import Official
from commonpurse.demo.story import ashwick
from commonpurse.demo.story.ashwick import BRONWEN, TEO
from commonpurse.demo.story.council import NOOR, RUTH
from commonpurse.demo.town import Town
from commonpurse.sign_in.demo import give_app
from moving.actions import check_council, enter_council, make_key
from moving.models import CouncilKey
from moving.rules.keys import write_key
from people.actions import give_role, register_council, register_user
from people.models import Council, User
from plans.actions.ras import load_ras, publish_ras
from plans.models import RasKind

KEYS_AGO = 40  # days since both councils made their keys and read them to each other


def know_the_neighbours(town: Town) -> None:
    """Register the council next door with those who work there, and let both know each other's key."""
    days = town.days
    council = register_council(
        code=ashwick.CODE, name=ashwick.NAME, year_start_date=days.year_start, year_end_date=days.year_end
    )
    for code, name, kind in ashwick.STREAMS:
        add_stream(council=council, code=code, name=name, kind=kind)
    for official in ashwick.OFFICIALS:
        town.users[official.email] = _employ(council, official)
    on = days.year_start - PLANNED_BEFORE * 3
    version = load_ras(council=council, kind=RasKind.ADULT, by=BY, at=moment(on))
    publish_ras(version=version, effective_date=on, by=BY, at=moment(on))
    at = days.ago(KEYS_AGO)
    ours = make_key(council=town.council, by=town.users[NOOR], at=at)
    theirs = make_key(council=council, by=town.users[TEO], at=at)
    _enter(town, theirs, at_council=town.council, by=NOOR, checked_by=RUTH)
    _enter(town, ours, at_council=council, by=TEO, checked_by=BRONWEN)


def meter_care_accounts(town: Town) -> None:
    """Meter what counted until the end of last month, as beat does each month."""
    meter_council(council=town.council, on=town.days.on, at=town.days.ago(1), by=BY)


def _employ(council: Council, official: Official) -> User:
    user = register_user(email=official.email, name=official.name)
    give_role(user=user, council=council, kind=official.role, approval_limit_pence=official.may_approve_pence)
    give_app(user)
    return user


def _enter(town: Town, key: CouncilKey, *, at_council: Council, by: str, checked_by: str) -> None:
    """Enter a key, and check it as a second person does, on the telephone."""
    at = town.days.ago(KEYS_AGO)
    known = enter_council(council=at_council, content=write_key(key.public), by=town.users[by], at=at)
    check_council(known=known, fingerprint=key.public.fingerprint, by=town.users[checked_by], at=at)
