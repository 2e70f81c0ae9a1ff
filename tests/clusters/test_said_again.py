"""Sentences of ours that are kept with a decision, said again in the language that is read."""

import pytest
from django.utils import translation

from clusters.models import CountsAs, Decision, DecisionKind, Option
from clusters.rules import again
from clusters.rules.again import CAN_THEY_JOIN, DO_WE_CHANGE, said_again, written
from people.models import Notice
from tests.clusters.voting import close, make_decision, make_voters, vote


@pytest.fixture
def in_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language in which every sentence is said in capitals."""
    monkeypatch.setattr(again, "gettext", lambda words: words.replace("join us", "JOIN US").replace("Y", "y"))


@pytest.mark.usefixtures("in_other_words")
def test_says_a_sentence_with_its_values_again() -> None:
    assert said_again("Can Amina (100%) join us?") == "Can Amina (100%) JOIN US?"
    assert said_again("Yes") == "yes"


@pytest.mark.usefixtures("in_other_words")
def test_leaves_what_people_wrote() -> None:
    question = "Can we join us with Care Ltd?"
    asked = Decision(kind=DecisionKind.REMOVE, question=question, why="Yes")
    assert (asked.question_words, asked.why_words) == (question, "Yes")
    assert Option(counts_as=CountsAs.OPTION, label="Yes").label_words == "Yes"
    assert Option(counts_as=CountsAs.YES, label="Yes").label_words == "yes"


def test_says_nothing_for_nothing() -> None:
    assert said_again("") == ""


def test_is_kept_in_one_language_whoever_asks() -> None:
    with translation.override("cy"):
        assert written(CAN_THEY_JOIN, name="Amina") == "Can Amina join us?"
        assert written(DO_WE_CHANGE, version=2) == "Do we change what we agreed to version 2?"
        assert translation.get_language() == "cy"


@pytest.mark.django_db
def test_a_result_is_said_from_its_count_as_it_was_written() -> None:
    members = make_voters(count=4)
    decision = make_decision(members)
    for member, answer in zip(members, ("Yes", "Yes", "No", "Not sure"), strict=True):
        vote(decision, member, answer)
    closed = Decision.objects.get(pk=close(decision).pk)

    assert closed.outcome == "The members agreed. 2 said yes, 1 said no, 1 not sure."
    assert closed.outcome_words == closed.outcome
    assert closed.outcome in Notice.objects.filter(kind="clusters_decision_closed")[0].words
