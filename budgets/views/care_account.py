"""A person's care account: what would count towards a cap on care costs, year by year."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from budgets.queries.care_account import care_account_of
from budgets.views.direct import person_of
from commonpurse.pages import SignedIn, page


@require_GET
def care_account(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what counted each year, the cap, and in how many weeks it would be reached."""
    somebody = person_of(request, pk)
    return page(
        request,
        "budgets/mine/care_account.html",
        person=somebody,
        is_mine=request.is_own(somebody),
        account=care_account_of(person=somebody, on=timezone.localdate()),
    )
