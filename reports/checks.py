"""What the machine needs to draw PDFs, looked for without loading it into every process."""

from collections.abc import Sequence
from ctypes import CDLL
from typing import Any

from django.core.checks import WARNING, CheckMessage

# The libraries WeasyPrint loads, by their names on Linux, macOS and Windows, and Debian's package of each.
LIBRARIES = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib", "libpangoft2-1.0-0.dll"),
    "libharfbuzz-subset0": (
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.0.dylib",
        "libharfbuzz-subset-0.dll",
    ),
}
FONTS = "fonts-noto-core"


def pdf_can_be_drawn(app_configs: Any = None, **kwargs: Any) -> Sequence[CheckMessage]:
    """Warn, with the line that helps, when PDFs cannot be drawn here. Pages and CSV files work without."""
    missing = missing_packages()
    if not missing:
        return []
    return [
        CheckMessage(
            WARNING,
            f"Reports cannot be made as PDF on this machine: {', '.join(missing)} is missing. "
            "Pages and CSV files work without.",
            hint=how_to_install(missing),
            id="reports.W001",
        )
    ]


def missing_packages() -> list[str]:
    """Name the packages whose library is not on this machine, as Debian calls them."""
    return [package for package, names in LIBRARIES.items() if not any(_loads(name) for name in names)]


def how_to_install(packages: Sequence[str]) -> str:
    """Give the line to type on Debian and Ubuntu; a font comes along."""
    return f"On Debian or Ubuntu: apt-get install --no-install-recommends {' '.join(packages)} {FONTS}"


def _loads(name: str) -> bool:
    try:
        CDLL(name)
    except OSError:
        return False
    return True
