"""`manage.py reconcile CODE YYYY-MM`: counts a council's month and says whether everything agrees."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count, Q, Sum
from django.utils import timezone

from jobs.actions import work_off
from jobs.models import JobState
from jobs.queries import Progress
from ledger.pennies import in_pounds
from people.models import Council
from reconciliation.actions import UnableToReconcile, ask_for_month_end
from reconciliation.models import FindingState, MonthEnd, MonthEndState
from reconciliation.rules import NotAMonth, month_from


class Command(BaseCommand):
    """Work every share of a month out again, compare it with the books, and write statements."""

    help = "Count a council's month: work every share out again, compare it with the books, write statements."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the council's code and the month."""
        parser.add_argument("code", metavar="CODE")
        parser.add_argument("month", metavar="YYYY-MM")

    def handle(self, *args: Any, code: str, month: str, **options: Any) -> None:
        """Ask for the count, do it here or wait for the workers, and say what came of it."""
        council = Council.objects.filter(code=code).first()
        if council is None:
            raise CommandError(f"There is no council with the code {code}. Nothing was counted.")
        try:
            month_end = ask_for_month_end(
                council=council,
                start_date=month_from(month),
                on=timezone.localdate(),
                by="system:reconcile",
            )
        except (NotAMonth, UnableToReconcile) as refusal:
            raise CommandError(f"{refusal} Nothing was counted.") from refusal
        self._work(month_end)
        month_end.refresh_from_db()
        self._say(month_end)

    def _work(self, month_end: MonthEnd) -> None:
        said: list[Progress] = []

        def say(progress: Progress) -> None:
            if progress.words != "Done" and progress not in said:
                said.append(progress)
                self.stdout.write(f"{progress.words}: {progress.done} of {progress.total}")

        assert month_end.job is not None  # it was just asked for
        job = work_off(month_end.job, on_progress=say)
        if job.state == JobState.FAILED:
            raise CommandError(job.error)

    def _say(self, month_end: MonthEnd) -> None:
        for line in month_end.certificate.all():
            figures = [in_pounds(n) if line.is_money else str(n) for n in (line.expected, line.found)]
            mark = "agrees" if line.holds else "DIFFERS"
            self.stdout.write(f"{mark}: {line.words}: {figures[0]} expected, {figures[1]} found")
        findings = month_end.findings.filter(state=FindingState.OPEN).aggregate(
            blocking=Count("pk", filter=Q(is_blocking=True)), others=Count("pk", filter=Q(is_blocking=False))
        )
        totals = month_end.cluster_months.aggregate(
            clusters=Count("pk"), lines=Sum("line_count", default=0), spent=Sum("posted_pence", default=0)
        )
        is_clean = month_end.state == MonthEndState.CLEAN
        verdict = (
            "everything agrees"
            if is_clean
            else f"to be explained: {_several(findings['blocking'], 'finding')}"
        )
        self.stdout.write(
            f"{month_end.council.name}, {month_end}: {_several(totals['clusters'], 'cluster')}, "
            f"{_several(totals['lines'], 'line')}, {in_pounds(totals['spent'])} spent; {verdict}; "
            f"{_several(findings['others'], 'thing')} to look at."
        )


def _several(count: int, one: str) -> str:
    return f"{count:,} {one}" if count == 1 else f"{count:,} {one}s"
