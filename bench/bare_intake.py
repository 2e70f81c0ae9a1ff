"""The floor for intake by REST: a bare DRF view that inserts a head and ten lines in one transaction, and nothing else."""

from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.urls import path
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commonpurse.urls import urlpatterns as ours


class BareIntake(APIView):
    """Eleven rows of what was sent: no sign-in, no checks, no books."""

    permission_classes = [AllowAny]

    def post(self, request: Request) -> Response:
        """Insert a head and its lines."""
        import json

        body: Any = json.loads(request.body)
        head = uuid4()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO bench_head VALUES (%s, %s, %s)", [head, body["number"], body["total_pence"]]
            )
            for line in body["lines"]:
                cursor.execute(
                    "INSERT INTO bench_line VALUES (%s, %s, %s, %s, %s)",
                    [head, line["line_number"], line["service_date"], line["units"], line["amount_pence"]],
                )
        return Response({"id": str(head)}, status=201)


urlpatterns = [path("bare-intake", BareIntake.as_view()), *ours]
