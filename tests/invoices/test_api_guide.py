"""The page for a provider's developer: what it says to paste works."""

import subprocess
import sys

import pytest
from django.test import Client
from django.utils import timezone

from commonpurse.api_guide import steps
from invoices.api import examples, samples
from invoices.models import Invoice, Visit
from providers.actions import issue_key
from providers.actions.keys import SCOPES
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.invoices.conftest import Address
from tests.providers.makers import make_provider


@pytest.mark.django_db
def test_shows_every_step_in_both_languages_to_everybody() -> None:
    text = Client().get("/api/v1/guide/").content.decode()
    for step in steps("http://localhost:8000"):
        assert step.title in text
    assert text.count("<h3") == 2 * len(steps(""))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["curl", "python"])
def test_does_what_it_says_when_it_is_pasted(served: Address, language: str) -> None:
    cluster = make_cluster()
    make_member(cluster=cluster, ref=examples.RECORD["member_ref"])
    provider = make_provider(council=cluster.council, ref=samples.INVOICE["provider_ref"])
    make_contract(cluster=cluster, provider=provider, ref=samples.INVOICE["contract_ref"])
    key = issue_key(provider=provider, name="Guide", scopes=SCOPES, by="system:tests", at=timezone.now())
    pasted = steps("http://{}:{}".format(*served))
    if language == "curl":
        told = f"CLIENT_ID={key.client_id}\nSECRET={key.secret}\n" + "\n".join(step.curl for step in pasted)
        command = ["sh", "-e", "-c", told]
    else:
        told = f"CLIENT_ID = {key.client_id!r}\nSECRET = {key.secret!r}\n"
        command = [sys.executable, "-c", told + "\n".join(step.python for step in pasted)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (Invoice.objects.get().number, Visit.objects.get().ref) == ("NG-2026-0415", "V-88121")
