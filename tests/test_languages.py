"""
Whoever reads another language finds everything in it that they can meet (ADR 16): every word is marked, and said.

`python -m tests.bare_words FOLDER` lists what is not marked; `make messages` adds what is marked to the catalogues.
"""

import re
from collections import Counter
from functools import cache
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from commonpurse.catalogues import LOCALE, ROOT, collected
from tests.bare_words import bare_in
from tests.test_words import READ_BY_PEOPLE, TEMPLATES, whose

WELSH = LOCALE / "cy" / "LC_MESSAGES" / "django.po"
APPS = (
    *(
        "commonpurse",
        "reports",
        "reconciliation",
        "invoices",
        "commissioning",
        "moving",
        "clusters",
        "providers",
    ),
    *("budgets", "plans", "people", "jobs", "ledger", "sealing"),
)
# Words of no language: what a browser reads, and names.
NO_WORDS = {"width=device-width, initial-scale=1"}
# Letters to professionals and providers, by the start of their names.
LETTERS_TO_STAFF = (
    *("providers_", "people_person_died", "clusters_member_paused", "clusters_plan_asked_again"),
    *("clusters_plan_waits", "clusters_pledge_", "commissioning_member_", "commissioning_offer_"),
    *("commissioning_provider_", "invoices_adjusted", "invoices_remittance", "reconciliation_books_wrong"),
    *("plans_plan_waits", "plans_plan_returned", "plans_plan_agreed"),
    *("invoices_not_paid", "invoices_webhook_", "plans_challenge_made", "plans_consent_over_lead"),
    *("plans_review_wanted", "plans_capacity_challenged", "plans_own_words"),
    *("moving_to_send", "moving_arrived"),
    *("budgets_question_asked", "budgets_challenge_made", "budgets_payment_waits"),
)
# Modules that speak to council staff, providers, their systems, or whoever runs this: by the start of their names.
FOR_STAFF = (
    *(
        "budgets/actions/family",
        "budgets/actions/question",
        "budgets/actions/recover",
        "budgets/actions/spend",
    ),
    *("budgets/actions/challenge", "budgets/forms/challenge", "budgets/views/challenges"),
    *("budgets/forms/recover", "budgets/forms/spend", "people/rules/files"),
    *(
        "budgets/actions/a",
        "budgets/actions/direct/",
        "budgets/actions/propose",
        "budgets/forms/arrange",
        "budgets/forms/finances",
        "budgets/forms/agree",
        "budgets/forms/make",
        "budgets/queries/onward",
    ),
    *("budgets/models/financial", "budgets/queries/rates", "budgets/views/payments", "budgets/tasks"),
    *("invoices/", "jobs/", "ledger/", "providers/", "reconciliation/", "sealing/"),
    *("commonpurse/demo/", "commonpurse/embedded/", "commonpurse/management/", "commonpurse/problems"),
    *(
        "commonpurse/api_guide",
        "commonpurse/api_settings",
        "commonpurse/beyond",
        "commonpurse/settings",
        "commonpurse/sign_in/providers",
        "commonpurse/sign_in/systems",
    ),
    "commonpurse/style_page",
    *(
        "moving/actions/keys",
        "moving/actions/receive",
        "moving/actions/arrive",
        "moving/actions/send",
        "moving/rules/",
    ),
    *("moving/views/keys", "moving/views/arriving", "moving/forms/keeping", "budgets/actions/end"),
    *("clusters/actions/plan", "clusters/actions/states", "clusters/forms/agree_plan"),
    *("clusters/forms/hold", "clusters/views/hold"),
    *("commissioning/actions/calls/offer", "commissioning/actions/calls/take_back"),
    *("commissioning/actions/decide", "commissioning/actions/draft", "commissioning/actions/end"),
    *("commissioning/forms/decide", "commissioning/forms/offers", "commissioning/models/approval"),
    *("commissioning/queries/checks", "commissioning/rules/fit", "commissioning/views/offers"),
    *("people/actions/brand", "people/actions/death", "people/actions/register", "people/actions/send"),
    *("people/forms/brand", "people/forms/death", "people/models/notice", "people/models/policy"),
    *("people/models/user", "people/rules/tables", "people/views/brand", "people/views/death"),
    *("people/views/post", "plans/forms"),
    *("plans/actions/capacity/decide", "plans/actions/capacity/record"),
    *("people/actions/mark", "people/forms/mark", "people/rules/kept_back", "people/views/marks"),
    *("people/actions/policy", "people/forms/policy", "people/rules/policy", "people/views/policy"),
    *(
        "clusters/forms/ask_for",
        "clusters/views/ask_for",
        "people/actions/welcome",
        "people/forms/welcome",
        "people/queries/people",
        "people/views/welcome",
    ),
    *("people/queries/policy", "plans/actions/ras/", "plans/management/", "plans/queries/ras"),
    *("plans/models/ras", "plans/rules/ras/", "plans/views/ras/"),
    *("plans/rules/plan", "plans/rules/figures", "plans/actions/plan/"),
    *(
        "plans/actions/assessment/begin",
        "plans/actions/assessment/finish",
        "plans/actions/assessment/work_out",
        "plans/views/assessment/challenge",
    ),
    *(
        "reports/actions/",
        "reports/checks",
        "reports/forms/hand_over",
        "reports/forms/days",
        "reports/rules/returns",
        "reports/views/returns",
        "reports/management/",
    ),
    *(
        "reports/queries/proof",
        "reports/queries/caseload",
        "reports/views/hand_over",
        "reports/views/ledger_codes",
    ),
    *("reports/rules/forecast", "reports/rules/lateness", "reports/rules/months", "reports/rules/sections/"),
)
# Elsewhere, what is said to a professional or a provider all the same.
SAID_TO_STAFF = {
    "Another assessment is being written. Finish that one first, then answer.",
    "Saved. We have told the carer.",
    *("Written down. They are told, and can read it.", "Ended. They are told."),
    *("They put … more into ….", "Nobody has recorded a death. Record it first."),
    *("They took … back out of ….", "They pause in …. Who meets meanwhile what it met?"),
    "They leave … on …. Who meets then what it met?",
    *("Open", "Taken back", "Chosen", "Not chosen"),  # what became of a provider's offer
    "The members took their call back.",
    "The members are closing their cluster, so they buy nothing more.",
    "The members chose another offer. Thank you for yours: the next call may suit you better.",
}
VALUE = re.compile(r"%\(\w+\)[a-z]")
MARK = re.compile(r"</?\w+")


def letters() -> list[str]:
    """The plain texts that people get: letters, e-mails, and what stands in a file."""
    names = [file.relative_to(TEMPLATES).as_posix() for file in sorted(TEMPLATES.rglob("*.txt"))]
    to_staff = tuple(f"people/notices/{start}" for start in LETTERS_TO_STAFF)
    return [name for name in names if whose(name) == ("people",) and not name.startswith(to_staff)]


def modules() -> list[str]:
    """The Python that speaks to people."""
    found = [
        file for app in APPS for file in sorted((ROOT / app).rglob("*.py")) if "migrations" not in file.parts
    ]
    names = [file.relative_to(ROOT).as_posix() for file in found]
    return [name for name in names if not name.startswith(FOR_STAFF)]


@cache
def said() -> Catalog:
    """Every sentence the house marks."""
    return collected()


@cache
def in_welsh() -> Catalog:
    """Every sentence there is in Welsh."""
    with WELSH.open("rb") as source:
        return read_po(source, abort_invalid=True)


def both() -> list[tuple[Message, Message | None]]:
    """Every sentence of the house beside its Welsh, where there is one."""
    return [(one, in_welsh().get(_key(one), one.context)) for one in said() if one.id]


def forms(words: Any) -> tuple[str, ...]:
    """The forms of a sentence: one, or two where it counts something."""
    return (words,) if isinstance(words, str) else tuple(words)


def named(message: Message) -> str:
    """How a sentence is found: by its English, and in what sense."""
    return f"{message.context}: {_key(message)}" if message.context else _key(message)


def _key(message: Message) -> str:
    return forms(message.id)[0]


@pytest.mark.parametrize("name", [*READ_BY_PEOPLE, *letters()])
def test_a_page_or_letter_for_people_marks_all_its_words(name: str) -> None:
    assert set(bare_in(TEMPLATES / name)) - NO_WORDS == set()


def test_python_marks_all_it_says_to_people() -> None:
    bare = {name: [line.partition(": ")[2] for line in bare_in(ROOT / name)] for name in modules()}
    bare = {name: [one for one in words if one not in SAID_TO_STAFF] for name, words in bare.items()}
    assert {name: words for name, words in bare.items() if words} == {}


def test_every_exception_is_still_one() -> None:
    """What is gone, or marked by now, is no longer named here."""
    texts = [file.name for file in TEMPLATES.rglob("notices/*.txt") if bare_in(file)]
    assert [start for start in LETTERS_TO_STAFF if not any(name.startswith(start) for name in texts)] == []
    speaks = {file.relative_to(ROOT).as_posix() for app in APPS for file in (ROOT / app).rglob("*.py")}
    assert [start for start in FOR_STAFF if not any(name.startswith(start) for name in speaks)] == []
    bare = {line.partition(": ")[2] for name in modules() for line in bare_in(ROOT / name)}
    assert SAID_TO_STAFF - bare == set()


def test_every_sentence_is_there_in_welsh() -> None:
    missing = [named(one) for one, welsh in both() if welsh is None or not all(forms(welsh.string))]
    assert missing == [], "Say these in locale/cy (`make messages` adds them empty)."
    assert [named(one) for one in in_welsh() if one.id and one.fuzzy] == []


def test_the_catalogue_says_nothing_that_the_house_does_not() -> None:
    ours = {(_key(one), one.context) for one in said()}
    assert [named(one) for one in in_welsh() if (_key(one), one.context) not in ours] == []
    assert not in_welsh().obsolete


def test_welsh_keeps_every_value_and_mark_of_a_sentence() -> None:
    """Each form of a plural keeps those of its own; "one member" may say its number or not."""
    lost = {named(one): pairs for one, welsh in both() if welsh and (pairs := unlike(one, welsh))}
    assert lost == {}


def unlike(english: Message, welsh: Message) -> list[tuple[str, str]]:
    """The forms of a sentence that have other values or marks than the English; one that is empty has none."""
    pairs = list(zip(forms(english.id), forms(welsh.string), strict=True)) if welsh.string else []
    of_many = kept(pairs[-1][0]) if pairs else None
    return [(ours, theirs) for ours, theirs in pairs if theirs and kept(theirs) not in (kept(ours), of_many)]


def kept(words: str) -> tuple[set[str], Counter[str]]:
    """What stays as it is in every language: values, and marks."""
    return set(VALUE.findall(words)), Counter(MARK.findall(words))


@pytest.mark.parametrize(
    ("english", "welsh", "is_kept"),
    [
        ("%(n)s is left", "Mae %(n)s ar ôl", True),
        ("%(n)s is left", "Mae %(m)s ar ôl", False),
        ("Go <a href='x'>home</a>", "Ewch <a href='x'>adref</a>", True),
        ("Go <a href='x'>home</a>", "Ewch adref", False),
        (("1 member", "%(n)s members"), ("%(n)s aelod", "%(n)s o aelodau"), True),
        (("1 member", "%(n)s members"), ("1 aelod", "aelodau"), False),
    ],
)
def test_tells_what_was_lost(english: Any, welsh: Any, is_kept: bool) -> None:
    assert (unlike(Message(english), Message(english, welsh)) == []) is is_kept
