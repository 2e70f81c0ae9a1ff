"""Keeping what somebody writes in a document while others may write in it too (ADR 26)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from people.models import User
from plans.models import Edit


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Somebody else wrote in a field since the writer read it: theirs stands, and the writer's is kept beside."""

    field: str
    label: str
    theirs: str
    mine: str
    by: User
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Kept:
    """
    What has to be written into the document now (`changes`, by field), and the number it has from now on.

    `seen` is what the writer goes on from: as long as they clash, that is where they were.
    """

    changes: dict[str, str]
    number: int
    seen: int
    clashes: list[Clash] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Writing:
    """
    What somebody sends: every field as they have it (`sent`), and the number of the last edit they had `seen`.

    `insist`: the fields in which theirs shall stand although somebody else wrote there meanwhile. `labels`: what each
    field is called.
    """

    sent: Mapping[str, str]
    seen: int
    insist: Collection[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def keep_edits(
    *, document: UUID, number: int, stands: Mapping[str, str], writing: Writing, by: User, at: datetime
) -> Kept:
    """
    Keep what somebody wrote in a document: what they changed is to stand, unless somebody else wrote there meanwhile.

    A field they left as they had read it stays as it stands, whoever wrote it. Call it with the document locked;
    `number` is the number of its last edit and `stands` what is in its fields. Write `changes` and `number` into it.
    """
    others = _others_since(document, writing.seen, by)
    changes: dict[str, str] = {}
    clashes: list[Clash] = []
    for name, mine in writing.sent.items():
        theirs = stands.get(name, "")
        meanwhile = others.get(name, [])
        if mine == theirs or (meanwhile and mine == meanwhile[0].before):
            continue
        edit = Edit(
            document=document,
            field=name,
            before=theirs,
            after=mine,
            written_at=at,
            written_by=by,
            number=number,
        )
        if meanwhile and name not in writing.insist:
            _keep_beside(edit)
            clashes.append(_clash(edit, meanwhile[-1], writing.labels.get(name, name)))
        else:
            edit.number = number + 1
            edit.save(force_insert=True)
            changes[name] = mine
    now = number + 1 if changes else number
    return Kept(changes=changes, number=now, seen=writing.seen if clashes else now, clashes=clashes)


def _others_since(document: UUID, seen: int, by: User) -> dict[str, list[Edit]]:
    """Give what others wrote in each field since the edit that was seen, the oldest first."""
    found: dict[str, list[Edit]] = defaultdict(list)
    since = Edit.objects.filter(document=document, number__gt=seen, is_beside=False).exclude(written_by=by)
    for edit in since.select_related("written_by").order_by("number"):
        found[edit.field].append(edit)
    return found


def _clash(mine: Edit, theirs: Edit, label: str) -> Clash:
    return Clash(
        field=mine.field,
        label=label,
        theirs=mine.before,
        mine=mine.after,
        by=theirs.written_by,
        at=theirs.written_at,
    )


def _keep_beside(edit: Edit) -> None:
    """Keep words that do not stand; what the writer kept there last, word for word, is not kept again."""
    edit.is_beside = True
    theirs = Edit.objects.filter(document=edit.document, field=edit.field, written_by=edit.written_by)
    last = theirs.order_by("-written_at", "-pk").first()
    if last is None or not last.is_beside or last.after != edit.after:
        edit.save(force_insert=True)
