"""Money and dates as people read them, and the pictures beside them."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.template.loader import get_template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime

from ledger.pennies import in_pounds
from people.rules.words import day_words, moment_words
from providers.rules import amount_words

register = template.Library()


@register.filter
def pounds(pence: int | None) -> str:
    """Write pence as pounds: 1234567 is "£12,345.67"; nothing for nothing known."""
    return "" if pence is None else in_pounds(pence)


@register.filter
def day(on: date | None) -> str:
    """Write a date as "Monday 4 May 2026"; nothing for no date."""
    return "" if on is None else day_words(on)


@register.filter
def moment(at: datetime) -> str:
    """Write an instant by our clock as "Monday 4 May 2026 at 5pm"."""
    return moment_words(localtime(at))


@register.filter
def month(on: date | None) -> str:
    """Write the month of a date as "May 2026"; nothing for no date."""
    return "" if on is None else date_format(on, "F Y")


@register.filter
def name(somebody: object) -> str:
    """Write a name whole and apart from the words around it, in whichever direction it is read."""
    return format_html("<bdi>{}</bdi>", somebody)


@register.filter
def normal(units: Decimal) -> str:
    """Write a number of units without idle noughts: 1.5000 is "1.5", 2.0000 is "2"."""
    words = f"{units:,f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


@register.filter
def counted(units: Decimal, unit: str) -> str:
    """Write a number of units with what they are called, in the language in use: "1.5 hours"."""
    return amount_words(units, unit)


@register.simple_tag
def picture(name: str) -> str:
    """
    Draw one of our own plain pictures: `{% picture "money" %}`. Screen readers pass it by; words stand beside it.

    They lie in templates/_pictures/. No name draws nothing; an unknown one raises TemplateDoesNotExist.
    """
    return get_template(f"_pictures/{name}.svg").render() if name else ""


@register.simple_block_tag
def pictured(content: str, name: str) -> str:
    """Put a picture beside what is said: `{% pictured "letter" %}<p>We write to you.</p>{% endpictured %}`."""
    return format_html('<div class="pictured">{}<div>{}</div></div>', picture(name), content)
