"""docs/sealed.md says of every column of words whether it is sealed, and why; and what it calls sealed is."""

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from sealing.models import SealedBinaryField, SealedWords

LIST = Path(__file__).resolve().parents[2] / "docs" / "sealed.md"
LINE = re.compile(r"^\| (\w+\.\w+): ([\w, ]+) \| (sealed|locked|plain) \| (\S.*) \|$", re.MULTILINE)
APPS = {"people", "plans", "budgets", "providers", "invoices", "clusters", "moving"}
OF_WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def says_words(field: models.Field[object, object]) -> bool:
    """Whether a column can hold words of somebody's own: no choice from a list, and no label of who did something."""
    inner = field.base_field if isinstance(field, ArrayField) else field
    return isinstance(inner, OF_WORDS) and not inner.choices and not field.name.endswith("_by")


def columns() -> Iterator[tuple[str, bool]]:
    """Every column of words, and whether it is sealed."""
    for model in apps.get_models():
        if model._meta.app_label in APPS:
            for field in model._meta.concrete_fields:
                if says_words(field):
                    sealed = isinstance(field, SealedWords | SealedBinaryField)
                    yield f"{model._meta.label}.{field.name}", sealed


def listed() -> dict[str, bool]:
    """What the list says."""
    return {
        f"{model}.{name}": state == "sealed"
        for model, names, state, _why in LINE.findall(LIST.read_text())
        for name in names.split(", ")
    }


def test_every_column_of_words_is_on_the_list_as_it_is() -> None:
    assert dict(columns()) == listed()


def test_names_no_column_twice_and_gives_a_reason_for_each() -> None:
    names = [
        f"{model}.{name}" for model, names, *_ in LINE.findall(LIST.read_text()) for name in names.split(", ")
    ]
    assert len(names) == len(set(names))
    assert len(re.findall(r"^\| \w+\.", LIST.read_text(), re.MULTILINE)) == len(
        LINE.findall(LIST.read_text())
    )


@pytest.mark.django_db
def test_postgresql_takes_no_plain_word_into_any_of_them(superuser_connection: psycopg.Connection) -> None:
    sealed = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedWords)
    }
    found = superuser_connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE domain_name = 'sealed_text'"
    ).fetchall()
    assert set(found) == sealed
