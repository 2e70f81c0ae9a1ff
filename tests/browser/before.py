"""What somebody does before a page has anything to show: said here where a page has a step before it."""

from django.test import Client
from django.urls import reverse

from tests.access.world import World
from tests.cast import ON


def say_figures(client: Client, world: World) -> None:
    """The social worker says what Ben has each week; the next page works it out."""
    client.force_login(world.here.priya)
    figures = {"start_date": f"{ON:%Y-%m-%d}", "basis": "full", "allowance": "mig", "income": "352.26"}
    client.post(reverse("budgets:finances", args=[world.here.ben.pk]), figures)
