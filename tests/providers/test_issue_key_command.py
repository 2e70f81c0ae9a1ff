"""`manage.py issue_key`: a client id and a secret on standard output, once, and nothing kept but a hash."""

from io import StringIO

import pytest
from allauth.idp.oidc.models import Client
from django.core.management import CommandError, call_command

from providers.actions.keys import SCOPES
from providers.models import SystemKey
from tests.people.makers import make_council
from tests.providers.makers import make_provider

pytestmark = pytest.mark.django_db


def issue(*arguments: str) -> tuple[str, str]:
    """What the command writes: its output, and its words beside it."""
    out, beside = StringIO(), StringIO()
    call_command("issue_key", *arguments, stdout=out, stderr=beside)
    return out.getvalue(), beside.getvalue()


def test_prints_a_client_id_and_a_secret_that_open() -> None:
    provider = make_provider(council=make_council(code="ASH"), ref="PR-1")
    out, beside = issue("ASH", "PR-1", "--name", "Rostering")
    said = dict(line.split("=", 1) for line in out.splitlines())

    client = Client.objects.get(pk=said["CLIENT_ID"])
    assert client.check_secret(said["CLIENT_SECRET"])
    key = SystemKey.objects.get()
    assert (key.provider, key.name, key.scopes, key.is_sandbox) == (
        provider,
        "Rostering",
        list(SCOPES),
        False,
    )
    assert said["CLIENT_SECRET"] not in beside + str(Client.objects.values().get())
    assert "PR-1 may use this key for contracts:read, invoices:read" in beside


def test_gives_no_more_than_the_scope_that_was_asked_for() -> None:
    make_provider(council=make_council(code="ASH"), ref="PR-1")
    issue("ASH", "PR-1", "--name", "Reports", "--scope", "invoices:read")
    assert SystemKey.objects.get().scopes == ["invoices:read"]


def test_makes_a_key_to_practise_with() -> None:
    make_provider(council=make_council(code="ASH"), ref="PR-1")
    out, beside = issue("ASH", "PR-1", "--name", "Trying", "--sandbox")
    assert SystemKey.objects.get().is_sandbox
    assert out.startswith("CLIENT_ID=cp_try_")
    assert "in the sandbox only" in beside


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
