"""Pages that say as whom they ask the database, and fail in the ways pages fail."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from commonpurse.databases import WEB_ROLE
from commonpurse.urls import urlpatterns as ours


def asks_as() -> str:
    """As whom the database is asked now, and in the web how many councils they may meet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, coalesce(cardinality(wall_lets('councils')), 0)")
        who, councils = cursor.fetchone()
    return f"{who} {councils}" if who == WEB_ROLE else str(who)


def who(_: HttpRequest) -> HttpResponse:
    return HttpResponse(asks_as())


def falls_over(_: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def loses_its_connection(_: HttpRequest) -> HttpResponse:
    """And begins a transaction on the next one, which is undone."""
    connection.close()
    with transaction.atomic():
        within = asks_as()
        transaction.set_rollback(True)
    return HttpResponse(f"{within}, {asks_as()}")


def leaves_a_broken_transaction(_: HttpRequest) -> HttpResponse:
    connection.set_autocommit(False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    return HttpResponse()


urlpatterns = [
    path("who/", who),
    path("anybody/", login_not_required(who)),
    path("falls-over/", falls_over),
    path("loses/", loses_its_connection),
    path("breaks/", leaves_a_broken_transaction),
    *ours,
]
