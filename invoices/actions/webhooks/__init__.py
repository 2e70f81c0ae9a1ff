"""Telling providers' systems what happened: endpoints, passing changes on, and delivering."""

from invoices.actions.webhooks.deliver import Sending, begin_delivery, finish_delivery, send_again
from invoices.actions.webhooks.endpoints import (
    UnableToSetEndpoint,
    add_endpoint,
    remove_endpoint,
    rotate_secret,
    send_test,
)
from invoices.actions.webhooks.pass_on import ask_for_due, pass_on, pass_on_all

__all__ = [
    "Sending",
    "UnableToSetEndpoint",
    "add_endpoint",
    "ask_for_due",
    "begin_delivery",
    "finish_delivery",
    "pass_on",
    "pass_on_all",
    "remove_endpoint",
    "rotate_secret",
    "send_again",
    "send_test",
]
