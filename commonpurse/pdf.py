"""
Drawing what is written as a tagged PDF (PDF/UA-1): it reads aloud in order, with headings and tables said.

Every app's actions may use this module (the import contract says so), and it knows none of them.
"""

from typing import cast

from django.utils.translation import gettext as _


class UnableToDraw(Exception):
    """This machine cannot draw PDFs; the message says what there is instead (`manage.py check`: what to install)."""


def drawn_as_pdf(words: str) -> bytes:
    """
    Draw a page of HTML as a PDF, from what is on this machine alone.

    :raises UnableToDraw: see the class.
    """
    try:
        # Late on purpose: it needs system libraries that pages and files do without (`manage.py check` looks).
        from weasyprint import HTML
    except OSError as trouble:
        raise UnableToDraw(
            _("A PDF cannot be made here at the moment. The page says the same, and you can print it.")
        ) from trouble
    drawn = HTML(string=words, url_fetcher=_nothing_from_outside).write_pdf(pdf_variant="pdf/ua-1")
    return cast("bytes", drawn)


def _nothing_from_outside(url: str) -> dict[str, object]:
    """Refuse to fetch anything: what is drawn is on this machine."""
    raise ValueError(f"A PDF fetches nothing, and was asked for {url}.")
