"""
The floors for intake by REST: bare DRF views that insert a head and ten lines in one transaction, and nothing else.

One is written as such a view usually is, with a serializer and models; one has SQL in place of both.
"""

import json
from typing import Any
from uuid import uuid4

from django.db import connection, models, transaction
from django.urls import path
from rest_framework import serializers
from rest_framework.parsers import JSONParser
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commonpurse.beyond import FOR_ANYBODY
from commonpurse.urls import urlpatterns as ours


class BareHead(models.Model):
    """A document; its table is made by the measurement."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    number = models.TextField()
    total_pence = models.BigIntegerField()

    objects: models.Manager["BareHead"] = models.Manager()

    class Meta:
        app_label, managed, db_table = "bench", False, "bench_head"

    def __str__(self) -> str:
        return self.number


class BareLine(models.Model):
    """A line of a document."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    head = models.ForeignKey(BareHead, models.PROTECT, db_column="head", related_name="lines")
    line_number = models.IntegerField()
    service_date = models.DateField()
    units = models.DecimalField(max_digits=8, decimal_places=2)
    amount_pence = models.BigIntegerField()

    objects: models.Manager["BareLine"] = models.Manager()

    class Meta:
        app_label, managed, db_table = "bench", False, "bench_line"

    def __str__(self) -> str:
        return str(self.line_number)


class LineShape(serializers.ModelSerializer[BareLine]):
    """A line as it is sent."""

    class Meta:
        model = BareLine
        fields = ["line_number", "service_date", "units", "amount_pence"]


class HeadShape(serializers.ModelSerializer[BareHead]):
    """A document as it is sent, and answered."""

    lines = LineShape(many=True)

    class Meta:
        model = BareHead
        fields = ["id", "number", "total_pence", "lines"]
        read_only_fields = ["id"]

    def create(self, validated_data: dict[str, Any]) -> BareHead:
        """Insert a head and its lines."""
        lines = validated_data.pop("lines")
        with transaction.atomic():
            head = BareHead.objects.create(**validated_data)
            for line in lines:
                BareLine.objects.create(head=head, **line)
        return head


class BareIntake(APIView):
    """Eleven rows of what was sent, as DRF has it: no sign-in, no rules, no books."""

    permission_classes = [AllowAny]
    parser_classes = [JSONParser]
    renderer_classes = [JSONRenderer]

    def post(self, request: Request) -> Response:
        """Read, insert, answer."""
        shape = HeadShape(data=request.data)
        shape.is_valid(raise_exception=True)
        shape.save()
        return Response(shape.data, status=201)


class BarestIntake(APIView):
    """Eleven rows of what was sent, unread, by SQL; only an id is answered."""

    permission_classes = [AllowAny]

    def post(self, request: Request) -> Response:
        """Insert a head and its lines."""
        body: Any = json.loads(request.body)
        head = uuid4()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO bench_head VALUES (%s, %s, %s)", [head, body["number"], body["total_pence"]]
            )
            for line in body["lines"]:
                cursor.execute(
                    "INSERT INTO bench_line VALUES (%s, %s, %s, %s, %s, %s)",
                    [
                        uuid4(),
                        head,
                        line["line_number"],
                        line["service_date"],
                        line["units"],
                        line["amount_pence"],
                    ],
                )
        return Response({"id": str(head)}, status=201)


# A bare intake knows no wall.
FOR_ANYBODY.update(dict.fromkeys(("bare-intake", "barest-intake"), "It is what intake is measured against."))
urlpatterns = [
    path("bare-intake", BareIntake.as_view(), name="bare-intake"),
    path("barest-intake", BarestIntake.as_view(), name="barest-intake"),
    *ours,
]
