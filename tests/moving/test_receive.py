"""Packs that are not taken in: each refused in plain words, and nothing of it stays."""

import json
from base64 import b64decode, b64encode
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from moving.actions import UnableToReceive, end_council, make_key, receive_pack
from moving.models import Arrival
from moving.queries import contents_for, contents_of_arrival, secrets
from moving.rules.contents import write_contents
from moving.rules.keys import unlock_key
from moving.rules.pack import MOST_BYTES, seal
from people.models import Person
from tests.cast import NINE
from tests.moving.makers import Border, agree, make_border, make_known, make_sent, make_side, take_in

pytestmark = pytest.mark.django_db
STREAM = {"code": "c", "name": "c", "kind": "own", "delivery": "mixed", "pence": 1, "days": 7, "holder": ""}


def packed(border: Border) -> bytes:
    """Amina's pack as the first council sent it."""
    return bytes(make_sent(border).pack or b"")


def changed(content: bytes, **said: Any) -> bytes:
    """The file with something else written on its outside."""
    return json.dumps({**json.loads(content), **said}).encode()


def refuse(border: Border, content: bytes, *, match: str) -> None:
    """The second council refuses it, and has nobody more than before."""
    people = Person.objects.count()
    with pytest.raises(UnableToReceive, match=match):
        take_in(border, content)
    assert Person.objects.count() == people


def sealed(border: Border, **more: Any) -> bytes:
    """A pack that the first council really signed, with other contents than are right."""
    contents = write_contents(contents_for(agree(border), at=NINE)) | more
    first = border.first
    private = unlock_key(first.key.locked, secrets=secrets())
    return seal(contents, pack=uuid4(), by=first.key.public, with_key=private, to=border.second.key.public)


def test_refuses_what_was_changed_on_the_way() -> None:
    border = make_border()
    content = packed(border)
    bits = bytearray(b64decode(json.loads(content)["sealed"]))
    bits[-1] ^= 1
    refuse(border, changed(content, sealed=b64encode(bytes(bits)).decode()), match="changed on the way")
    refuse(border, changed(content, id=str(uuid4())), match="changed on the way")
    refuse(border, changed(content, signature="AAAA"), match="changed on the way")
    refuse(border, changed(content, more="x"), match="changed on the way")
    refuse(border, content[:-9], match="not a pack")
    take_in(border, content)


def test_refuses_the_same_pack_again() -> None:
    border = make_border()
    content = packed(border)
    take_in(border, content)
    refuse(border, content, match="taken in already")
    assert Arrival.objects.count() == 1


def test_refuses_a_pack_for_another_council() -> None:
    border = make_border()
    content = packed(border)
    third = make_side(name="Thirdshire Council")
    make_known(of=border.first, to=third)
    with pytest.raises(UnableToReceive, match="for another council"):
        take_in(border, content, side=third)
    as_theirs = changed(content, to={"code": third.council.code, "key": third.key.public.fingerprint})
    with pytest.raises(UnableToReceive, match="changed on the way"):
        take_in(border, as_theirs, side=third)


def test_refuses_a_sender_nobody_knows_or_trusts_any_more() -> None:
    border = make_border()
    content = packed(border)
    end_council(known=border.sender, by=border.second.admin, at=NINE)
    refuse(border, content, match="not entered and checked")
    make_known(of=border.first, to=border.second, is_checked=False)
    refuse(border, content, match="not entered and checked")


def test_refuses_another_councils_pack_signed_as_ones_own() -> None:
    """Who only holds the sealed part cannot say that it came from them."""
    border = make_border()
    third = make_side(name="Thirdshire Council")
    make_known(of=third, to=border.second)
    theirs = {"code": third.council.code, "key": third.key.public.fingerprint}
    refuse(border, changed(packed(border), **{"from": theirs}), match="changed on the way")


def test_refuses_a_sender_with_another_key_than_the_one_that_was_checked() -> None:
    border = make_border()
    move = agree(border)
    make_key(council=border.first.council, by=border.first.admin, at=NINE)
    from moving.actions import send_pack

    sent = send_pack(move=move, pack_id=uuid4(), by=border.first.worker, at=NINE)
    refuse(border, bytes(sent.pack or b""), match="another key than the one we have")


def test_opens_what_was_sealed_to_a_key_that_was_retired_since() -> None:
    border = make_border()
    content = packed(border)
    make_key(council=border.second.council, by=border.second.admin, at=NINE)
    arrival = take_in(border, content)
    assert arrival.key == border.second.key
    assert contents_of_arrival(
        pack=bytes(arrival.pack), sender=arrival.sender, key=arrival.key
    ).person.name == str(border.amina)


def test_refuses_what_is_too_old_or_of_a_later_time() -> None:
    border = make_border()
    content = packed(border)
    with pytest.raises(UnableToReceive, match="more than 28 days ago"):
        take_in(border, content, at=NINE + timedelta(days=28, seconds=1))
    with pytest.raises(UnableToReceive, match="later than now"):
        take_in(border, content, at=NINE - timedelta(hours=2))
    take_in(border, content, at=NINE + timedelta(days=28))


def test_refuses_a_version_it_does_not_know() -> None:
    border = make_border()
    content = packed(border)
    for version in (0, 3, "2", True, None):
        refuse(border, changed(content, version=version), match="version we do not know")
    refuse(border, changed(content, version=1), match="changed on the way")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b"not json",
        b'{"format":"x"}',
        b'{"format":"common-purse-moving-pack","version":2}',
        b'{"format":1,"format":2}',
        b'{"format":NaN}',
        b"[" * 100_000,
        b" " * (MOST_BYTES + 1),
    ],
)
def test_refuses_what_is_no_pack(content: bytes) -> None:
    refuse(make_border(), content, match="pack|too large")


@pytest.mark.parametrize(
    "more",
    [
        {"streams": [{"code": "council"}]},
        {"moved_date": "soon"},
        {"person": {"ref": "1", "name": 7, "birth_date": None, "postcode": ""}},
        {"history": "all of it"},
        {"made_at": "2026-05-04T09:00:00"},
        {"streams": [{**STREAM, "pence": -1}]},
        {"streams": [{**STREAM, "holder": None}]},
    ],
)
def test_refuses_contents_that_are_not_in_the_form_that_is_agreed(more: dict[str, Any]) -> None:
    border = make_border()
    refuse(border, sealed(border, **more), match="form that is agreed")


def test_refuses_a_kind_of_money_it_does_not_know_and_registers_nobody() -> None:
    border = make_border()
    refuse(border, sealed(border, streams=[{**STREAM, "kind": "gold"}]), match="something we do not know")


def test_is_taken_in_by_those_who_work_there_and_led_by_a_social_worker() -> None:
    border = make_border()
    content, second = packed(border), border.second
    with pytest.raises(UnableToReceive, match="Only a social worker"):
        receive_pack(
            council=second.council, content=content, lead=second.worker, by=border.first.admin, at=NINE
        )
    with pytest.raises(UnableToReceive, match="Choose a social worker"):
        receive_pack(council=second.council, content=content, lead=second.admin, by=second.admin, at=NINE)
