"""Plans as files: what somebody took away, exactly as it was made."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Now

from ledger.models.fields import UuidV7
from people.models import User
from plans.models.plan import Plan
from sealing.models import SealedBinaryField, new_id


class PlanFileQuerySet(models.QuerySet["PlanFile"]):
    """Ways to ask for plans as files."""

    def visible_to(self, user: User | AnonymousUser) -> "PlanFileQuerySet":
        """Give those of the plans one may see."""
        return self.filter(plan__in=Plan.objects.visible_to(user))


class PlanFile(models.Model):
    """An agreed plan as a PDF, in a language and in usual or easy words. Never changed. `sha256` is over `content`."""

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="files")
    language = models.CharField(max_length=10)
    is_easy = models.BooleanField()
    name = models.CharField(max_length=100)
    content = SealedBinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=100)

    objects = PlanFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
