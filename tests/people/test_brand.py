"""A council's own colours: set by who administers it, and only such as can be read."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.actions import UnableToSetBrand, set_brand
from people.models import Brand, Council, RoleKind, User
from people.rules.colours import contrast
from tests.guards import assert_refused
from tests.people.makers import make_brand, make_commissioner, make_council, make_user_with_role

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
COLOURS = {"band_colour": "#123a63", "band_text_colour": "#ffffff", "accent_colour": "#14532d"}

colours = st.integers(min_value=0, max_value=0xFFFFFF).map(lambda number: f"#{number:06x}")


def make_administrator(council: Council) -> User:
    return make_user_with_role(council=council, kind=RoleKind.ADMINISTRATOR)


def test_knows_black_on_white_and_the_greys_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.542, abs=0.001)


@given(one=colours, other=colours)
def test_does_not_mind_which_colour_comes_first(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one) >= 1


@pytest.mark.django_db
def test_keeps_the_colours_and_changes_them_later() -> None:
    council = make_council()
    ada = make_administrator(council)
    first = set_brand(council=council, **COLOURS, by=ada, at=AT)
    second = set_brand(
        council=council, **COLOURS | {"band_colour": "#000000"}, by=ada, at=AT.replace(hour=10)
    )
    assert Brand.objects.get(council=council).band_colour == "#000000"
    assert second.version > first.version


@pytest.mark.django_db
def test_refuses_words_that_cannot_be_read_and_says_the_figure() -> None:
    council = make_council()
    ada = make_administrator(council)
    with pytest.raises(UnableToSetBrand, match=r"contrast is 4\.47 to 1.*darker band") as refusal:
        set_brand(council=council, **COLOURS | {"band_colour": "#777777"}, by=ada, at=AT)
    assert refusal.value.field == "band_text_colour"
    with pytest.raises(UnableToSetBrand, match="Links and buttons would be hard to read") as refusal:
        set_brand(council=council, **COLOURS | {"accent_colour": "#ffcb57"}, by=ada, at=AT)
    assert refusal.value.field == "accent_colour"
    assert not Brand.objects.exists()


@pytest.mark.django_db
def test_refuses_whoever_does_not_administer_this_council() -> None:
    council = make_council()
    for stranger in (make_commissioner(council=council), make_administrator(make_council())):
        with pytest.raises(UnableToSetBrand, match="Only those who administer"):
            set_brand(council=council, **COLOURS, by=stranger, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "colour", "rule"),
    [
        ("band_text_colour", "#1f4a75", "people_brand_words_can_be_read_on_the_band"),
        ("accent_colour", "#ffcb57", "people_brand_links_can_be_read_on_the_page"),
        ("accent_colour", "url(x)", "people_brand_colours_are_colours"),
    ],
)
def test_the_database_refuses_them_too(column: str, colour: str, rule: str) -> None:
    make_brand(council=make_council())
    assert_refused(f"UPDATE people_brand SET {column} = %s", colour, match=rule)


@pytest.mark.django_db
def test_the_database_works_out_the_same_contrast() -> None:
    from django.db import connection

    pairs = [("#000000", "#ffffff"), ("#777777", "#f4ecdf"), ("#0a0b0c", "#123a63"), ("#ffcb57", "#5b1f57")]
    with connection.cursor() as cursor:
        for one, other in pairs:
            cursor.execute("SELECT people_contrast(%s, %s)", [one, other])
            assert cursor.fetchone()[0] == pytest.approx(contrast(one, other), abs=1e-9)
