"""A little Welsh for tests: a few sentences, compiled as the house's own catalogue is, and nothing else of it."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from pytest_django.fixtures import Settings

A_LITTLE_WELSH = {
    "Somebody can act for you now": "Gall rhywun weithredu ar eich rhan nawr",
    "%(helper)s can do things for you now.": "Gall %(helper)s wneud pethau ar eich rhan nawr.",
    "They can: %(scopes)s.": "Gallan nhw: %(scopes)s.",
    "vote for you": "pleidleisio ar eich rhan",
    "A copy for you: %(subject)s": "Copi i chi: %(subject)s",
    "your social worker": "eich gweithiwr cymdeithasol",
    "Dear %(reader)s,": "Annwyl %(reader)s,",
    "Saved. Pages look like this from now on.": "Wedi cadw.",
}


@pytest.fixture
def _a_little_welsh(tmp_path: Path, settings: Settings) -> None:
    catalogue = Catalog()
    for english, welsh in A_LITTLE_WELSH.items():
        catalogue.add(english, welsh)
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as compiled:
        write_mo(compiled, catalogue)
    settings.LOCALE_PATHS = [tmp_path]
