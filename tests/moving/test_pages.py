"""The pages of moving: agreed and sent, taken in, and keys of councils."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moving.models import Arrival, CouncilKey, KnownCouncil, Move
from moving.rules.keys import write_key
from people.models import User
from tests.moving.makers import Border, make_border, make_known, make_side
from tests.visiting import as_user

pytestmark = pytest.mark.django_db


def signed_in(user: User | None) -> Client:
    """Somebody at a browser."""
    assert user is not None
    return as_user(user)


def file_of(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("file.json", content, content_type="application/json")


def make_young_border() -> Border:
    """A border whose budget of Amina covers the days around today."""
    border, today = make_border(), timezone.localdate()
    border.amina.budgets.update(start_date=today - timedelta(days=60), end_date=today + timedelta(days=305))
    return border


def test_goes_from_the_persons_yes_to_the_second_council() -> None:
    border = make_young_border()
    amina, priya = signed_in(border.amina.user), signed_in(border.first.worker)
    here = reverse("moving:leaving", args=[border.amina.pk])
    assert "Say where and when" in amina.get(here).content.decode()
    day = timezone.localdate() + timedelta(days=5)
    said = {"to": border.to.pk, "moved_date": day.isoformat(), "along": ["reviews"]}
    assert amina.post(reverse("moving:agree", args=[border.amina.pk]), said).status_code == 302
    assert "Nothing is sent yet" in amina.get(here).content.decode()
    assert amina.post(reverse("moving:send", args=[border.amina.pk])).status_code == 404

    assert priya.post(reverse("moving:send", args=[border.amina.pk])).status_code == 302
    move = Move.objects.get()
    assert move.sent_at is not None
    assert "To keep cooking" in amina.get(reverse("moving:copy", args=[border.amina.pk])).content.decode()
    assert amina.get(reverse("moving:pack", args=[border.amina.pk])).status_code == 404
    file = priya.get(reverse("moving:pack", args=[border.amina.pk]))
    assert str(move.pack_id) in file["Content-Disposition"]
    assert b"To keep cooking" not in file.content

    admin, address = (
        signed_in(border.second.admin),
        reverse("moving:take-in", args=[border.second.council.pk]),
    )
    sent = {"file": file_of(file.content), "lead": border.second.worker.pk}
    answer = admin.post(address, sent, follow=True)
    assert "Our own look at the needs is due" in answer.content.decode()
    again = admin.post(address, {"file": file_of(file.content), "lead": border.second.worker.pk})
    assert "taken in already" in again.content.decode()
    assert Arrival.objects.count() == 1


def test_says_why_nothing_is_saved_or_sent() -> None:
    border = make_young_border()
    amina, priya = signed_in(border.amina.user), signed_in(border.first.worker)
    agree = reverse("moving:agree", args=[border.amina.pk])
    past = timezone.localdate() - timedelta(days=1)
    said = {"to": border.to.pk, "moved_date": past.isoformat()}
    assert "Choose a day from today" in amina.post(agree, said).content.decode()
    said["moved_date"] = (past + timedelta(days=5)).isoformat()
    assert "Say what their agreement rests on" in priya.post(agree, said).content.decode()
    amina.post(agree, said)
    CouncilKey.objects.filter(council=border.first.council).update(retired_at=timezone.now())
    assert (
        "no key to sign with" in priya.get(reverse("moving:leaving", args=[border.amina.pk])).content.decode()
    )
    answer = priya.post(reverse("moving:send", args=[border.amina.pk]), follow=True)
    assert "Nothing is sent yet" in answer.content.decode()
    assert amina.post(reverse("moving:take-back", args=[border.amina.pk])).status_code == 302
    assert Move.objects.standing().count() == 0


def test_lets_an_administrator_keep_keys_and_a_second_person_check_them() -> None:
    first, second = make_side(), make_side(name="Awayshire Council")
    admin, manager = signed_in(first.admin), signed_in(first.manager)
    keys = reverse("moving:keys", args=[first.council.pk])
    assert admin.get(reverse("moving:our-keys")).headers["Location"] == keys
    assert first.key.public.fingerprint in admin.get(keys).content.decode()
    assert admin.get(reverse("moving:key-file", args=[first.council.pk])).content == write_key(
        first.key.public
    )
    assert "not the key of a council" in admin.post(keys, {"file": file_of(b"{}")}).content.decode()
    content = write_key(second.key.public)
    assert manager.post(keys, {"file": file_of(content)}).status_code == 404
    assert admin.post(keys, {"file": file_of(content)}).status_code == 302
    known = KnownCouncil.objects.get()
    check = reverse("moving:check-key", args=[known.pk])
    said = {"fingerprint": second.key.public.fingerprint}
    assert "Somebody else has to check it" in admin.post(check, said).content.decode()
    assert manager.post(check, said).status_code == 302
    assert "Checked by" in manager.get(keys).content.decode()
    assert manager.post(reverse("moving:end-key", args=[known.pk])).status_code == 404
    assert admin.post(reverse("moving:end-key", args=[known.pk])).status_code == 302
    assert admin.post(reverse("moving:make-key", args=[first.council.pk])).status_code == 302
    assert CouncilKey.objects.filter(council=first.council).count() == 2


def test_shows_strangers_nothing() -> None:
    border = make_border()
    third = make_side()
    waiting = make_known(of=third, to=border.first, is_checked=False)
    admin = signed_in(border.second.admin)
    for name, pk in (
        ("keys", border.first.council.pk),
        ("key-file", border.first.council.pk),
        ("take-in", border.first.council.pk),
        ("check-key", waiting.pk),
        ("leaving", border.amina.pk),
    ):
        assert admin.get(reverse(f"moving:{name}", args=[pk])).status_code == 404
