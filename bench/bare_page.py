"""
The floor for pages: a bare Django page of six questions to the database and fifty rows, behind the same server.

It is written as Django's own tutorial would: models asked plainly, rows in a template. Nobody signs in, nothing is
looked up for a header, and there is nothing else on it.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from budgets.models import FundingStream
from clusters.models import Cluster
from commonpurse.beyond import FOR_ANYBODY
from commonpurse.urls import urlpatterns as ours
from invoices.models import InvoiceLine
from people.models import Council, Person
from providers.models import Provider

ROWS = 50
PAGE = Engine().from_string(
    "<!DOCTYPE html><title>Bare</title><p>{{ firsts }}<table>{% for line in lines %}"
    "<tr><th>{{ line.service_date }}<td>{{ line.line_number }}<td>{{ line.units }}<td>{{ line.amount_pence }}{% endfor %}"
    "</table>"
)


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """Five questions for one row, one for fifty, and a table."""
    firsts = [
        model.objects.order_by("pk")[0] for model in (Council, Person, Cluster, Provider, FundingStream)
    ]
    lines = InvoiceLine.objects.order_by("pk")[:ROWS]
    return HttpResponse(PAGE.render(Context({"firsts": firsts, "lines": lines})))


# A bare page knows no wall.
FOR_ANYBODY["bare"] = "It is what pages are measured against."
urlpatterns = [path("bare/", bare, name="bare"), *ours]
