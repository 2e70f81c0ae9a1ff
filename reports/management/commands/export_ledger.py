"""`manage.py export_ledger CODE FROM TO --format csv|journal|beancount --out FILE`: entries for a finance system."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ledger.pennies import in_pounds
from ledger.queries import open_from
from people.models import Council
from reports.actions import HandedOver, hand_over
from reports.rules.forecast import Span
from reports.rules.hand_over import Format
from reports.rules.months import month_from

SAME = "These days are closed: the file will always be the same."
MAY_CHANGE = "Some of these days are open: more may still come in."


class Command(BaseCommand):
    """Write a council's entries of some days, or of a month, as its finance system takes them."""

    help = "Write a council's entries of some days, or of a month, for its finance system or a plain-text ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the council, the days, the format and the file."""
        parser.add_argument("code", metavar="CODE", help="the council's code")
        parser.add_argument(
            "first", metavar="FROM", help="the first day, like 2026-05-01, or a month, like 2026-05"
        )
        parser.add_argument("last", metavar="TO", nargs="?", help="the last day; with a month: leave it away")
        parser.add_argument("--format", dest="form", required=True, choices=[form.value for form in Format])
        parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="where the entries go")

    def handle(
        self, *args: Any, code: str, first: str, last: str | None, form: str, out: Path, **options: Any
    ) -> None:
        """Write the whole file beside its place first, and move it there only then."""
        council = Council.objects.filter(code=code).first()
        if council is None:
            raise CommandError(f"There is no council with the code {code}. Nothing was written.")
        span = _span(first, last)
        came_to = _write(council, span, Format(form), out)
        opens = open_from(book_id=council.book_id)
        is_closed = opens is not None and span.end <= opens
        self.stdout.write(SAME if is_closed else MAY_CHANGE)
        days = f"{span.start} to {span.end - timedelta(days=1)}"
        self.stdout.write(
            f"{came_to.entries:,} entries of {council.name} from {days} are in {out}; "
            f"debits and credits are {in_pounds(came_to.pence)} each."
        )


def _span(first: str, last: str | None) -> Span:
    """Read the days, both included, or the month."""
    if last is None:
        try:
            span = month_from(first)
        except ValueError as trouble:
            raise CommandError(
                f"Say the last day too, or name a month like 2026-05 instead of {first}. Nothing was written."
            ) from trouble
    else:
        start, end = _day(first), _day(last)
        if end < start:
            raise CommandError(f"{last} is before {first}. Name the earlier day first. Nothing was written.")
        span = Span(start=start, end=end + timedelta(days=1))
    if span.start > timezone.localdate():
        raise CommandError(f"{first} has not come yet. Nothing was written.")
    return span


def _day(words: str) -> date:
    try:
        day = date.fromisoformat(words)
    except ValueError as trouble:
        raise CommandError(
            f"{words} is not a day. Write one like 2026-05-31. Nothing was written."
        ) from trouble
    if day == date.max or day.isoformat() != words:
        raise CommandError(f"{words} is not a day. Write one like 2026-05-31. Nothing was written.")
    return day


def _write(council: Council, span: Span, form: Format, out: Path) -> HandedOver:
    if out.is_dir():
        raise CommandError(f"{out} is a folder; name a file in it. Nothing was written.")
    waiting: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=out.parent, prefix=".entries-", delete=False
        ) as written:
            waiting = Path(written.name)
            came_to = hand_over(council=council, span=span, form=form, out=written.file)
        waiting.chmod(0o640)
        waiting.replace(out)
    except OSError as trouble:
        raise CommandError(f"{out} cannot be written: {trouble.strerror}. Nothing was written.") from trouble
    finally:
        if waiting is not None:
            waiting.unlink(missing_ok=True)
    return came_to
