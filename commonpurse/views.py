"""The pages that belong to no app: the first page, and whether the house stands."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """The first page, for a person who has not signed in yet."""
    return render(request, "commonpurse/home.html")


@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """Answers once the database does; a load balancer and `up` ask it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok"})
