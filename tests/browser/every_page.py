"""
Every page there is, written once by the app and kept, so that a browser can look at each in many ways without asking.

The list is the table of tests/test_access.py, which is held to the URLconf: every address that somebody may see and
that answers with HTML, in both directions of writing, in easy words where there are any, in Welsh where people read
it, and, where a form can be answered, with nothing answered.
"""

import gzip
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from mimetypes import guess_type
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import uuid4

import time_machine
from django.contrib.auth import SESSION_KEY
from django.contrib.staticfiles import finders
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.forms import (
    ChoiceField,
    DateField,
    DecimalField,
    Field,
    IntegerField,
    MultipleChoiceField,
)
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.test import Client, override_settings
from django.urls import reverse

from clusters.actions import close_decision, open_decision
from clusters.models import DecisionKind
from ledger.forms import PoundsField
from people.models import Person, PersonalSettings, RoleKind, User
from tests.access.rows import Row
from tests.access.table import ROWS
from tests.access.world import World, make_world
from tests.browser.before import say_figures
from tests.cast import NINE, ON, make_citizen
from tests.commissioning.leavers import make_three, user_of
from tests.people.makers import make_user_with_role
from tests.test_words import whose
from tests.visiting import Visitor

MOST_QUESTIONS = 40
LTR, RTL, EASY, WELSH, ERROR = "ltr", "rtl", "easy", "welsh", "error"
LANGUAGES = {RTL: "ar-xb", WELSH: "cy"}
LINKED = re.compile(r'(?:href=|src=|from )"(/(?:static|brand)/[^"]+)"')

# Addresses somebody may see that are no pages of ours: files, figures for machines, other people's pages.
NO_PAGES = {
    "health",
    "people:brand-sheet",
    "reports:file",
    *("reports:council-csv", "reports:cluster-csv", "reports:returns-file", "reports:returns"),
    *("moving:our-keys", "moving:key-file", "moving:pack", "budgets:receipt"),
    "reports:entries-file",
    "mfa_download_recovery_codes",
    "mfa_login_webauthn",
    *("openid_connect_login", "openid_connect_callback"),
    "plans:file",
    "plans:assessment",  # these four lead on
    "clusters:vote",
    "clusters:found-for",
    "clusters:invited-with",
    "invoices:upload-template",
    "invoices:upload-errors",
    *("invoices:remittance-csv", "invoices:remittance-xml"),
    "invoices:own-attachment",
    "reconciliation:reply-file",
    *(f"invoices-api:{name}" for name in ("invoices", "invoice", "visits", "visit", "attachment")),
    *(f"invoices-api:{name}" for name in ("contracts", "contract", "holds", "hold")),
    *(f"invoices-api:{name}" for name in ("payments", "payment", "remittance")),
    "api-schema",
}
NOT_OURS = {"api-docs"}  # Swagger writes it, and a test of its own reads it


@dataclass(frozen=True)
class Written:
    """A page as the app wrote it: where it stands, and what it links to of ours."""

    name: str
    way: str
    path: str
    headers: dict[str, str]
    html: str
    template: str = ""

    @property
    def linked(self) -> list[str]:
        """Stylesheets, scripts and pictures that come with it."""
        return sorted({urlsplit(path).path for path in LINKED.findall(self.html)})


@dataclass
class Shelf:
    """Every page that was written, by its name and way, and what they link to."""

    pages: dict[tuple[str, str], Written] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    not_pages: set[str] = field(default_factory=set)

    def weight(self, page: Written) -> int:
        """What a first visit carries over the wire, squeezed, in bytes: the page and all that comes with it."""
        parts = [page.html.encode(), *(self.files[path][1] for path in page.linked)]
        return sum(len(gzip.compress(part, compresslevel=6)) for part in parts)


def write_every_page() -> Shelf:
    """Have the app write every page of a small council. Nothing of it stays in the database."""
    shelf = Shelf()
    demo = override_settings(DEMO=True, EMAIL_FILE_PATH=tempfile.mkdtemp(prefix="cp-mail-"))
    with demo, time_machine.travel(NINE, tick=False), transaction.atomic():
        world = make_world()
        rows = [row for row in ROWS if row.sees is not None and row.name not in NOT_OURS]
        for row in rows:
            shelf.pages |= {(page.name, page.way): page for page in _written(row, world)}
        shelf.not_pages = {row.name for row in rows if (row.name, LTR) not in shelf.pages}
        fetch_files(shelf)
        transaction.set_rollback(True)
    return shelf


def _written(row: Row, world: World) -> Iterator[Written]:
    """Every way of one page, as the first who may see it; none, where nobody is shown one."""
    for user in _visitors(row, world):
        first = _shown(row, world, user, LTR, {})
        pages = [first, *_in_other_ways(first, row, world, user)] if first else []
        refused = _refused(row, world, user) if row.acts is not None else None
        yield from pages
        if refused:
            yield refused
        if pages:
            return


def _in_other_ways(page: Written, row: Row, world: World, user: User | None) -> Iterator[Written]:
    """The same page as others get it: in easy words if they are written, in Welsh if it is people who read it."""
    ways: dict[str, dict[str, Any]] = {RTL: {"language": LANGUAGES[RTL]}}
    if _is_there(f"easy/{page.template}"):
        ways[EASY] = {"is_easy": True}
    if whose(page.template) == ("people",):
        ways[WELSH] = {"language": LANGUAGES[WELSH]}
    shown = (_shown(row, world, user, way, likes) for way, likes in ways.items())
    return (written for written in shown if written)


def _is_there(template: str) -> bool:
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return False
    return True


def _ask_for_a_code(client: Client, _: World) -> None:
    client.post(reverse("account_login"), {"email": "nobody.here@example.test"})


def _sign_in_half_way(client: Client, world: World) -> None:
    """Up to the second step, by the code from the e-mail."""
    client.post(reverse("account_login"), {"email": world.here.ben_user.email})
    code = re.findall(r"\b[0-9]{4}-[0-9]{4}\b", str(mail.outbox[-1].body))[-1]
    client.post(reverse("account_confirm_login_code"), {"code": code})


def _say_how_much(client: Client, world: World) -> None:
    """Somebody new says how much they would put in."""
    gina = make_citizen(
        council=world.here.council, lead=world.here.priya, name="Gina Marsh", on=ON, pence={"council": 500_00}
    )
    assert gina.user is not None
    client.force_login(gina.user)
    client.post(reverse("clusters:ask", args=[world.here.cluster.pk]), {"from-council": "120"})


def _answer_all(begin: Callable[[World], str], *, is_posted: bool = False) -> Callable[[Client, World], None]:
    """Amina answers one question a page, from the address where they begin to the page that checks them."""

    def walk(client: Client, world: World) -> None:
        client.force_login(world.here.amina_user)
        address = begin(world)
        seen = client.post(address, follow=True) if is_posted else client.get(address, follow=True)
        for _ in range(MOST_QUESTIONS):
            form = (seen.context or {}).get("form")
            if form is None or "check" in seen.wsgi_request.path:
                return
            answers = {name: _some_answer(name, question) for name, question in form.fields.items()}
            seen = client.post(seen.wsgi_request.get_full_path(), answers, follow=True)

    return walk


def _some_answer(name: str, question: Field) -> Any:
    """An answer that a question takes."""
    if isinstance(question, ChoiceField):
        choices = cast("list[tuple[Any, str]]", question.choices)
        values = [value for value, _ in choices if value]
        chosen = values[
            -1 if name == "kind" else 0
        ]  # the first kind of question is about somebody, and nobody is there
        return [chosen] if isinstance(question, MultipleChoiceField) else chosen
    if isinstance(question, DateField):
        days = {"offers": 14, "last": 200, "end": 200}.get(name.split("_", maxsplit=1)[0], 30)
        return (ON + timedelta(days=days)).isoformat()
    if isinstance(question, IntegerField | DecimalField):
        return question.min_value or 5
    return "12" if isinstance(question, PoundsField) else "Every Tuesday in the kitchen"


def _begin_to_write(client: Client, world: World) -> None:
    client.force_login(world.here.amina_user)
    client.post(reverse("clusters:write", args=[world.forming.cluster.pk]))


def _put_more_in(client: Client, world: World, *, is_sure: bool = False) -> None:
    client.force_login(world.here.amina_user)
    here = [world.here.cluster.pk]
    client.post(reverse("clusters:share-more", args=here), {"from-council": "5"})
    if is_sure:
        client.post(reverse("clusters:share-check", args=here), {"request_id": str(uuid4())})


def _say_when_away(client: Client, world: World, *, is_sure: bool = False) -> None:
    client.force_login(world.here.amina_user)
    here = [world.here.cluster.pk]
    days = {"first_date": ON + timedelta(days=5), "last_date": ON + timedelta(days=8), "cause": "illness"}
    client.post(reverse("clusters:away", args=here), days)
    if is_sure:
        client.post(reverse("clusters:away-check", args=here))


def _choose_what_to_decide(client: Client, world: World) -> None:
    client.force_login(world.here.amina_user)
    client.post(reverse("clusters:decide", args=[world.here.cluster.pk]), {"kind": DecisionKind.WIND_DOWN})


def _wait_until_it_is_decided(client: Client, world: World) -> None:
    client.force_login(world.here.amina_user)
    close_decision(decision=world.question, at=world.question.closes_at, by="system:tests")


def _be_asked_about(client: Client, _: World) -> str:
    """Ben asks the others whether Amina should leave."""
    amina, ben, _eve = make_three()
    decision = open_decision(
        cluster=amina.cluster,
        kind=DecisionKind.REMOVE,
        question="Should one of us leave?",
        why="She was never there.",
        subject_id=amina.pk,
        by=user_of(ben),
        at=NINE,
    )
    client.force_login(user_of(amina))
    return reverse("clusters:heard", args=[decision.pk])


# Pages that one comes to by another page only, and how; it gives the address, where it is not the table's.
ON_THE_WAY: dict[str, Callable[[Client, World], str | None]] = {
    "account_confirm_login_code": _ask_for_a_code,
    "mfa_authenticate": _sign_in_half_way,
    "clusters:ask": _say_how_much,
    "clusters:ask-left": _say_how_much,
    "clusters:ask-who": _say_how_much,
    "budgets:finances-check": say_figures,
    "clusters:ask-check": _say_how_much,
    "clusters:found-check": _answer_all(lambda _: reverse("clusters:found", args=["name"])),
    "clusters:write-step": _begin_to_write,
    "clusters:write-check": _answer_all(
        lambda world: reverse("clusters:write", args=[world.forming.cluster.pk]), is_posted=True
    ),
    "clusters:share-check": _put_more_in,
    "clusters:share-done": partial(_put_more_in, is_sure=True),
    "clusters:away-check": _say_when_away,
    "clusters:away-done": partial(_say_when_away, is_sure=True),
    "clusters:decide-words": _choose_what_to_decide,
    "clusters:decide-check": _answer_all(
        lambda world: reverse("clusters:decide", args=[world.here.cluster.pk])
    ),
    "clusters:heard": _be_asked_about,
    "clusters:decided": _wait_until_it_is_decided,
    "commissioning:call-check": _answer_all(
        lambda world: reverse("commissioning:call-step", args=[world.here.cluster.pk, "what"])
    ),
}


def _visitors(row: Row, world: World) -> list[User | None]:
    """Whoever may see a page, in the table's order; an administrator, where the table names nobody."""
    if row.sees:
        return [world.visitor(name) for name in row.sees.split()]
    if row.is_open:
        return [None]
    return [make_user_with_role(council=world.here.council, kind=RoleKind.ADMINISTRATOR, name="Ada Admin")]


def _shown(row: Row, world: World, user: User | None, way: str, likes: dict[str, Any]) -> Written | None:
    """The page as it is shown to somebody who likes it so; nobody's languages come from their browser."""
    with transaction.atomic():
        client, user, path = _client(row, world, user)
        if user and likes:
            _keep(user, **likes)
        if way in LANGUAGES:
            client.cookies["django_language"] = LANGUAGES[way]
        page = _kept(row, way, client.get(path))
        transaction.set_rollback(True)
    return page


def _refused(row: Row, world: World, user: User | None) -> Written | None:
    """The page that says what was not answered; none, where nothing is asked."""
    with transaction.atomic():
        client, _, path = _client(row, world, user)
        page = _kept(row, ERROR, client.post(path, {"nothing": "at all"}))
        transaction.set_rollback(True)
    return page if page and "govuk-error-summary" in page.html else None


def _client(row: Row, world: World, user: User | None) -> tuple[Client, User | None, str]:
    """A visitor at the door of a page, who they are and where it is: signed in, or come by the pages before it."""
    cache.clear()  # codes are limited to a few a minute
    client = Visitor()
    if row.name in ON_THE_WAY:
        path = ON_THE_WAY[row.name](client, world) or reverse(row.name, args=row.args(world))
        return client, _signed_in(client), path
    if user is not None:
        client.force_login(user)
    return client, user, reverse(row.name, args=row.args(world))


def _signed_in(client: Client) -> User | None:
    known = client.session.get(SESSION_KEY)
    return User.objects.get(pk=known) if known else None


def _keep(user: User, **likes: Any) -> None:
    person = Person.objects.filter(user=user).first()
    whose = {"person": person} if person else {"user": user}
    PersonalSettings.objects.create(**whose, **likes, changed_by="system:tests")


def _kept(row: Row, way: str, response: Any) -> Written | None:
    """Keep a page that is one: HTML; for easy words, written in them; and in Welsh, what people read."""
    if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
        return None
    templates = [str(template.name) for template in response.templates]
    if way == EASY and not templates[0].startswith("easy/"):
        return None
    if way == WELSH and whose(templates[0]) != ("people",):
        return None
    return Written(
        name=row.name,
        way=way,
        path=response.wsgi_request.path,
        headers=dict(response.headers),
        html=response.content.decode(),
        template=templates[0],
    )


def fetch_files(shelf: Shelf) -> None:
    """Fetch everything of ours that the pages link to."""
    for path in sorted({path for page in shelf.pages.values() for path in page.linked}):
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            assert found, f"{path} is linked, and not there"
            shelf.files[path] = (guess_type(path)[0] or "text/plain", Path(found).read_bytes())
        else:
            answer = Client().get(path)
            shelf.files[path] = (answer.headers["Content-Type"], answer.content)
