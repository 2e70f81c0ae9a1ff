"""The page of a council's colours, and the stylesheet that its people's pages take."""

import pytest
from django.test import Client

from people.models import Brand, RoleKind, User
from tests.cast import Cast, make_cast
from tests.people.makers import make_brand, make_user_with_role
from tests.visiting import answered, seen

pytestmark = pytest.mark.django_db

COLOURS = {"band_colour": "#123A63", "band_text_colour": "#ffffff", "accent_colour": "#14532d"}


def make_ada(cast: Cast) -> User:
    """Somebody who administers the council."""
    return make_user_with_role(council=cast.council, kind=RoleKind.ADMINISTRATOR)


def test_sets_the_colours_and_everybody_of_the_council_gets_them() -> None:
    cast, away = make_cast(), make_cast(name="Awayshire Council")
    assert "Saved." in answered(make_ada(cast), "/settings/brand/", **COLOURS)
    kept = Brand.objects.get(council=cast.council)
    sheet = f"/brand/{cast.council.pk}/{kept.version}.css"
    for user in (cast.amina_user, cast.carol):
        assert sheet in seen(user, "/privacy/")
    assert "/brand/" not in seen(away.amina_user, "/privacy/")
    assert "#123a63" in Client().get(sheet).content.decode()


def test_says_which_colour_is_amiss() -> None:
    cast = make_cast()
    said = answered(make_ada(cast), "/settings/brand/", **COLOURS | {"band_text_colour": "#2a4a73"})
    assert "Error:" in said
    assert '<a href="#id_band_text_colour">The words on the band would be hard to read' in said
    assert "Write a colour as #" in answered(
        make_ada(cast), "/settings/brand/", **COLOURS | {"accent_colour": "red"}
    )


def test_is_only_for_who_administers_a_council() -> None:
    cast = make_cast()
    assert seen(cast.carol, "/settings/brand/") == "404"
    assert answered(cast.carol, "/settings/brand/", **COLOURS)
    assert not Brand.objects.exists()


def test_may_be_kept_for_a_year_as_long_as_the_colours_are_these() -> None:
    cast = make_cast()
    kept = make_brand(council=cast.council)
    now = Client().get(f"/brand/{cast.council.pk}/{kept.version}.css")
    assert "immutable" in now.headers["Cache-Control"]
    assert now.headers["Content-Type"] == "text/css; charset=utf-8"
    assert Client().get(f"/brand/{cast.council.pk}/1.css").headers["Cache-Control"] == "no-cache"
    assert Client().get(f"/brand/{cast.amina.pk}/1.css").status_code == 404
