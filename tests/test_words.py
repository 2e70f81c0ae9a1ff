"""The words of pages that people who draw on care read: plain enough at eleven, and in easy words short enough."""

import re
from pathlib import Path

import pytest

from tests.reading_age import reading_age, sentences_of, syllables, words_of

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
OLDEST = 11
LONGEST_EASY = 15
ENOUGH_WORDS = 40  # fewer say too little to have an age; those of one folder are read together

# Every template stands in one of these two lists, by the start of its name.
FOR_PEOPLE = (
    *("403", "404", "429", "500", "base", "_parts/", "account/", "mfa/", "easy/"),
    *("budgets/",),
    *(
        "clusters/",
        "people/",
        "plans/plan",
        "plans/_words",
        "plans/assessment/",
        "plans/capacity/",
        "invoices/disputes/",
    ),
    *("plans/_week", "plans/_change", "plans/_d", "plans/_file", "plans/_steps"),
    *("plans/changes", "plans/own_words", "plans/pdf", "plans/_paper"),
    *("moving/leaving", "moving/agree", "moving/copy", "moving/arrival", "moving/_contents", "moving/_goes"),
    *("commissioning/leave", "commissioning/left", "commissioning/_exit", "commissioning/calls/"),
    *("commissioning/ask_again", "commissioning/spend_reserve"),
    *("commonpurse/accessibility", "commonpurse/nothing_yet", "commonpurse/privacy", "commonpurse/welcome"),
    *(
        "reports/my_care",
        "reports/my_money",
        "reports/_moving",
        "reports/before",
        "reports/why",
        "reports/find",
        "reports/outside",
        "reports/our_cluster",
        "reports/what_if",
        "reports/reviews",
        "reports/ask_for_review",
    ),
    *(
        "reports/_away",
        "reports/_buys",
        "reports/_care_",
        "reports/_how_far",
        "reports/_my_clusters",
        "reports/_needs_me",
        "reports/_votes",
        "reports/_open_decisions",
    ),
    *("reports/_our_", "reports/_outside_facts", "reports/_paid_lately", "reports/_rule", "reports/_what_"),
)
FOR_STAFF = (
    *("moving/keys", "moving/check", "moving/take_in"),
    *(
        "django/",
        "styles/",
        "jobs/",
        "providers/",
        "reconciliation/",
        "invoices/pay/",
        "invoices/statements/",
    ),
    *("invoices/provider/", "budgets/pay/"),
    *("budgets/_onward", "budgets/finances", "budgets/make", "budgets/agree"),
    *(
        "clusters/agree_plan",
        "clusters/ask_for",
        "clusters/_decided",
        "clusters/_asked_again",
        "clusters/decisions/paper",
    ),
    *(
        "people/brand",
        "people/new_person",
        "people/policy/",
        "people/death",
        "people/marks/",
        "people/post",
        "people/letter_print",
        "people/_sent",
        "people/_delivery",
    ),
    *("plans/assess/", "plans/ras/"),
    *(
        "plans/_checks",
        "plans/_need",
        "plans/cannot_",
        "plans/decide",
        "plans/hand_in",
        "plans/need",
        "plans/to_agree",
    ),
    *("plans/_theirs", "plans/_versions", "plans/versions", "plans/write"),
    *("commissioning/_", "commissioning/ask_to_end", "commissioning/change", "commissioning/contract"),
    *("commissioning/decide", "commissioning/end", "commissioning/offers/", "commissioning/put_change"),
    *("commissioning/unmet", "commissioning/waiting"),
    *("commonpurse/api_", "commonpurse/caught_mail"),
    *(
        "reports/_body",
        "reports/_paper",
        "reports/_provider_",
        "reports/_row",
        "reports/_table",
        "reports/_take_away",
    ),
    *(
        "reports/_next_step",
        "reports/choose",
        "reports/clusters",
        "reports/commissioning",
        "reports/my_people",
        "reports/pdf",
    ),
    *(
        "reports/hand_over/",
        "reports/person",
        "reports/provider_home",
        "reports/review.html",
        "reports/returns/",
    ),
)


def named(file: Path) -> str:
    """How a template is called."""
    return file.relative_to(TEMPLATES).as_posix()


ALL = {named(file): file.read_text() for file in sorted(TEMPLATES.rglob("*.html"))}


def whose(name: str) -> tuple[str, ...]:
    """The lists a template stands in: of those whose start fits, the longest says."""
    fits = [
        (start, readers) for readers in (FOR_PEOPLE, FOR_STAFF) for start in readers if name.startswith(start)
    ]
    longest = max((len(start) for start, _ in fits), default=0)
    return tuple(
        "people" if readers is FOR_PEOPLE else "staff" for start, readers in fits if len(start) == longest
    )


READ_BY_PEOPLE = [name for name in ALL if whose(name) == ("people",)]
EASY = [name for name in READ_BY_PEOPLE if name.startswith("easy/")]


def pages() -> dict[str, list[str]]:
    """What people read, page by page; pages of few words are read with the others of their folder."""
    read: dict[str, list[str]] = {}
    for name in READ_BY_PEOPLE:
        sentences = sentences_of(ALL[name])
        is_enough = sum(len(words_of(sentence)) for sentence in sentences) >= ENOUGH_WORDS
        read.setdefault(name if is_enough else f"{Path(name).parent}/...", []).extend(sentences)
    return read


PAGES = pages()
TWINS = [name for name in EASY if name.removeprefix("easy/") in ALL]
EVERYWHERE = {"user", "request", "likes", "form", "forloop", "person"}
INCLUDED = re.compile(r"""{% include "([^"]+)"(?P<given>[^%]*)%}""")
TOKEN = re.compile(r"{[{%](.*?)[%}]}", re.DOTALL)
TEXT = re.compile(r"""("[^"]*"|'[^']*')""")
# `a.b`, and what is gone through or looked for by its bare name.
FACT = re.compile(
    r"(?<![\w.:|-])([a-z]\w*)(?:\.\w+)|(?:\bin|\bif|\band|\bor|\bnot) (?!not\b)([a-z]\w*)\b(?![.(])"
)
MADE_HERE = re.compile(
    r"{% for (?P<of>\w+(?:, \w+)*) in |(?:with|as) (?P<made>\w+)[ =]|(?P<given>\w+)=|as (?P<kept>\w+) %}"
)


def facts_in(name: str) -> set[str]:
    """What a template, and what it includes, asks of the page for: the first name of everything not made there."""
    text = ALL[name]
    made = {
        one
        for found in MADE_HERE.finditer(text)
        for part in found.groups()
        if part
        for one in part.split(", ")
    }
    asked = {
        one
        for token in TOKEN.findall(text)
        for both in FACT.findall(TEXT.sub("", token))
        for one in both
        if one
    }
    asked -= made
    for included in INCLUDED.findall(text):
        asked |= facts_in(included[0]) - made if included[0] in ALL and included[0] != name else set()
    return asked


def test_every_template_says_for_whom_it_is() -> None:
    assert {name: whose(name) for name in ALL if len(whose(name)) != 1} == {}
    starts = [start for start in (*FOR_PEOPLE, *FOR_STAFF) if not any(name.startswith(start) for name in ALL)]
    assert starts == [], "No template has a name that starts so."


@pytest.mark.parametrize("page", PAGES)
def test_is_read_with_ease_at_eleven(page: str) -> None:
    hardest = sorted(PAGES[page], key=lambda sentence: reading_age([sentence]), reverse=True)[:3]
    assert reading_age(PAGES[page]) <= OLDEST, hardest


@pytest.mark.parametrize("name", EASY)
def test_says_one_short_thing_at_a_time_in_easy_words(name: str) -> None:
    assert [said for said in sentences_of(ALL[name]) if len(words_of(said)) > LONGEST_EASY] == []


@pytest.mark.parametrize("name", TWINS)
def test_says_nothing_in_easy_words_that_its_usual_page_does_not_know(name: str) -> None:
    """A page that was given other facts, and whose easy twin still asks for the old ones, would say nothing."""
    assert facts_in(name) - facts_in(name.removeprefix("easy/")) - EVERYWHERE == set()


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(
            ("care", 1),
            ("asked", 1),
            ("wanted", 2),
            ("people", 2),
            ("money", 2),
            ("agreement", 3),
            ("houses", 2),
        ),
        *(
            ("decided", 3),
            ("the", 1),
            ("together", 3),
            ("professional", 4),
            ("2026", 1),
            ("makes", 1),
            ("idea", 2),
        ),
    ],
)
def test_counts_syllables_near_enough(word: str, count: int) -> None:
    assert syllables(word) == count


def test_tells_a_child_s_book_from_a_law() -> None:
    child = ["The dog ran to the door.", "It was a big red dog.", "Sam gave it a ball."]
    law = [
        "A local authority must, where an adult has eligible needs for care and support, consider the "
        "practicability of arranging the provision of accommodation in accordance with regulations."
    ]
    assert reading_age(child) < 7
    assert reading_age(law) > 18


def test_reads_every_branch_and_no_marks() -> None:
    template = """{# No. #}{% block title %}No{% endblock title %}<h1>Hello {{ person }}</h1>
        {% if mine %}<p class="no">It is <b>yours</b>.</p>{% else %}<p>It is not. Ask on {{ on|day }}.</p>{% endif %}"""
    assert sentences_of(template) == [
        "Hello Anna",
        "It is yours .",
        "It is not.",
        "Ask on Monday 4 May 2026.",
    ]
