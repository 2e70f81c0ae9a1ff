"""What a browser says of itself, in words people know."""

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
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "a Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)


def in_plain_words(user_agent: str) -> str:
    """Say which browser on which system: "Firefox on Windows". What is not known is said to be so."""
    browser = next((words for mark, words in BROWSERS if mark in user_agent), "A browser we do not know")
    system = next((words for mark, words in SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
