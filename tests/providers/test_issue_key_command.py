"""`manage.py issue_key`: a token on standard output, once, and nothing of it kept but its hash."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from providers.models import SystemKey
from providers.queries import key_for
from tests.people.makers import make_council
from tests.providers.makers import make_provider

pytestmark = pytest.mark.django_db


def issue(*arguments: str) -> tuple[str, str]:
    """What the command writes: its output, and its words beside it."""
    out, beside = StringIO(), StringIO()
    call_command("issue_key", *arguments, stdout=out, stderr=beside)
    return out.getvalue(), beside.getvalue()


def test_prints_a_token_that_opens() -> None:
    provider = make_provider(council=make_council(code="ASH"), ref="PR-1")
    out, beside = issue("ASH", "PR-1", "--name", "Rostering")

    key = key_for(out.strip())
    assert key is not None
    assert (key.provider, key.name, key.scopes) == (
        provider,
        "Rostering",
        ["invoices:read", "invoices:write"],
    )
    assert out.strip() not in beside
    assert "PR-1 may use this token for invoices:read and invoices:write." in beside
    assert out.strip() not in str(SystemKey.objects.values().get())


def test_gives_no_more_than_the_scope_that_was_asked_for() -> None:
    make_provider(council=make_council(code="ASH"), ref="PR-1")
    issue("ASH", "PR-1", "--name", "Reports", "--scope", "invoices:read")
    assert SystemKey.objects.get().scopes == ["invoices:read"]


@pytest.mark.parametrize(("name", "words"), [(" ", "Give the key a name"), ("x" * 101, "shorter name")])
def test_refuses_a_name_that_cannot_be_kept(name: str, words: str) -> None:
    make_provider(council=make_council(code="ASH"), ref="PR-1")
    with pytest.raises(CommandError, match=words):
        issue("ASH", "PR-1", "--name", name)


@pytest.mark.parametrize("arguments", [("ASH", "PR-2"), ("OAK", "PR-1")])
def test_refuses_a_provider_it_does_not_know(arguments: tuple[str, str]) -> None:
    make_provider(council=make_council(code="ASH"), ref="PR-1")
    with pytest.raises(CommandError, match="has no provider with the reference"):
        issue(*arguments, "--name", "Rostering")
    assert SystemKey.objects.count() == 0


def test_refuses_a_key_without_a_name() -> None:
    make_provider(council=make_council(code="ASH"), ref="PR-1")
    with pytest.raises(CommandError, match="Give the key a name"):
        issue("ASH", "PR-1", "--name", " ")
