"""What `manage.py check` says where PDFs cannot be drawn."""

import pytest

from reports import checks


def test_says_nothing_where_everything_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LIBRARIES", {})
    assert checks.pdf_can_be_drawn() == []


def test_names_the_missing_library_and_the_line_that_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LIBRARIES", {"libpango-1.0-0": ("no-such-library.so",)})
    [warning] = checks.pdf_can_be_drawn()
    assert "libpango-1.0-0 is missing" in warning.msg
    assert warning.hint == (
        "On Debian or Ubuntu: apt-get install --no-install-recommends libpango-1.0-0 fonts-noto-core"
    )
