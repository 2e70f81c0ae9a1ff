"""What a browser says of itself, in words people know."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# The order matters: Edge and Opera say that they are Chrome, and Chrome that it is Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Chromium", "Chrome"),
    ("Safari", "Safari"),
)
# An iPad may say that it is a Mac, and Android that it is Linux.
SYSTEMS = (
    ("iPhone", _("an iPhone")),
    ("iPad", _("an iPad")),
    ("Android", "Android"),
    ("CrOS", _("a Chromebook")),
    ("Windows", "Windows"),
    ("Macintosh", _("a Mac")),
    ("Linux", "Linux"),
)


def in_plain_words(user_agent: str) -> str:
    """Say which browser on which system: "Firefox on Windows". What is not known is said to be so."""
    browser = next(
        (words for mark, words in BROWSERS if mark in user_agent), gettext("A browser we do not know")
    )
    system = next((words for mark, words in SYSTEMS if mark in user_agent), "")
    if not system:
        return browser
    return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
