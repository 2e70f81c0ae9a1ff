"""What people were told while the made-up council lived: read, sent and posted long ago, all but the newest."""

from datetime import timedelta

from django.db.models import F

from commonpurse.demo.town import Town
from people.models import Notice, NoticeState

NEW_FOR = timedelta(days=7)
A_DAY = timedelta(days=1)
BY = "system:demo"


def settle_letters(town: Town) -> None:
    """Say of every letter older than a week that it arrived, and of those to people who sign in that it was read."""
    old = Notice.objects.filter(council=town.council, made_at__lt=town.days.ago(0) - NEW_FOR)
    next_day = F("made_at") + A_DAY
    old.filter(state=NoticeState.WAITING).update(state=NoticeState.SENDING, begun_at=next_day)
    old.filter(state=NoticeState.SENDING).update(state=NoticeState.SENT, sent_at=next_day)
    old.filter(state=NoticeState.TO_PRINT).update(state=NoticeState.POSTED, sent_at=next_day, sent_by=BY)
    theirs = old.filter(person__user__isnull=False) | old.filter(user__isnull=False)
    theirs.update(read_at=next_day + A_DAY)
