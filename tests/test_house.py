"""The house rules that a machine can check: sizes, names, and what must not be in the repository."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
APPS = (
    *(
        "reports",
        "community",
        "reconciliation",
        "invoices",
        "commissioning",
        "moving",
        "clusters",
        "providers",
    ),
    *("budgets", "plans", "people", "jobs", "ledger", "sealing"),
)
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
ROOMS = {
    *("__init__", "apps", "checks", "migrations", "management", "sql", "templatetags"),
    *("urls", "views", "api", "admin", "tasks", "forms", "actions", "queries", "models", "rules"),
}
OWN_ROOMS = {"ledger/pennies.py"}  # exact sharing is used by every app that shares
NOBODYS_ROOMS = {"utils", "helpers", "common", "misc", "services", "selectors", "signals"}
# Where packages come from is the business of the machine that installs them.
ADDRESSES = re.compile(
    r"https?://[\w.-]*(pypi|pythonhosted|npmjs|debian)[\w./-]*|--(extra-)?index-url|--find-links|file:///"
)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(work|home|Users)/\w|/root/\.")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tracked_files() -> list[Path]:
    """Every file of the repository that is there; new ones too, as long as they are not ignored."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [file for name in listing.stdout.splitlines() if (file := ROOT / name).is_file()]


def python_files(*, of_apps: bool = False) -> list[Path]:
    """Python that people wrote: everything but migrations."""
    files = [file for file in tracked_files() if file.suffix == ".py" and "migrations" not in file.parts]
    return [file for file in files if not of_apps or named(file).split("/")[0] in (*APPS, "commonpurse")]


def named(file: Path) -> str:
    """How a person calls a file: from the root of the repository."""
    return file.relative_to(ROOT).as_posix()


@cache
def parsed(file: Path) -> ast.Module:
    """What is written in a Python file."""
    return ast.parse(file.read_text())


def functions_in(file: Path) -> Iterator[Function]:
    """Every function and method of a file."""
    return (node for node in ast.walk(parsed(file)) if isinstance(node, Function))


def test_no_file_is_too_long() -> None:
    lengths = {named(file): len(file.read_text().splitlines()) for file in python_files()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{named(file)}:{function.lineno} {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for file in python_files()
        for function in functions_in(file)
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("app", APPS)
def test_every_app_says_what_it_is_for(app: str) -> None:
    assert ast.get_docstring(parsed(ROOT / app / "__init__.py"))


def test_everything_public_in_an_app_says_what_it_is_for() -> None:
    silent = [
        f"{named(file)}:{node.lineno} {node.name}"
        for file in python_files(of_apps=True)
        for node in parsed(file).body
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_")
        if not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_room_is_for_odds_and_ends() -> None:
    assert [named(file) for file in python_files() if file.stem in NOBODYS_ROOMS] == []


def test_rooms_have_the_same_names_in_every_app() -> None:
    strange = {
        "/".join(named(file).split("/")[:2])
        for file in python_files()
        if named(file).split("/")[0] in APPS and Path(named(file).split("/")[1]).stem not in ROOMS
    }
    assert strange - OWN_ROOMS == set()


def test_nothing_happens_behind_a_save_or_a_signal() -> None:
    hidden = [
        f"{named(file)}:{function.lineno}"
        for file in python_files(of_apps=True)
        for function in functions_in(file)
        if function.name == "save" or any("receiver" in ast.dump(each) for each in function.decorator_list)
    ]
    assert hidden == []


def test_days_are_asked_for_as_those_of_this_life() -> None:
    own = [named(file) for file in python_files(of_apps=True) if "forms.DateField" in file.read_text()]
    assert own == ["ledger/forms.py"]


def test_every_foreign_key_protects_what_it_points_at_or_says_why_not() -> None:
    careless = [
        f"{named(file)}:{number}"
        for file in python_files(of_apps=True)
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if re.search(r"\b(CASCADE|SET_NULL|DO_NOTHING)\b(?!.*# )", line)
    ]
    assert careless == []


def test_every_dependency_says_why_it_is_there() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    project = tomllib.loads("\n".join(lines))
    wanted = [*project["project"]["dependencies"], *chain(*project["dependency-groups"].values())]
    reasons = [line for line in lines if re.search(r'^ +"[^"]+", *# \w', line)]
    assert [package for package in wanted if not any(f'"{package}"' in line for line in reasons)] == []


@pytest.mark.parametrize("lock", ["run", "dev", "bench"])
def test_the_lock_pins_every_package_with_its_hashes(lock: str) -> None:
    lines = (ROOT / "requirements" / f"{lock}.txt").read_text().splitlines()
    packages = [(line, after) for line, after in pairwise(lines) if not line.startswith(" ")]
    assert packages
    assert [line for line, after in packages if "==" not in line or "--hash=sha256:" not in after] == []


def test_no_file_says_where_packages_come_from_or_whose_machine_this_is() -> None:
    said = []
    for file in tracked_files():
        if file == Path(__file__) or not (text := readable(file)):
            continue
        said += [f"{named(file)}: {found[0]}" for found in ADDRESSES.finditer(text)]
        said += [f"{named(file)}: {found[0]}" for found in MACHINE_PATHS.finditer(text)]
    assert said == []


def test_the_npm_lock_resolves_nothing() -> None:
    assert '"resolved"' not in (ROOT / "frontend" / "package-lock.json").read_text()


def readable(file: Path) -> str:
    """A file's text; nothing for a picture or the like."""
    try:
        return file.read_text()
    except UnicodeDecodeError:
        return ""


def test_no_comment_of_a_template_runs_over_its_line() -> None:
    """Django prints such a comment on the page."""
    lines = {
        f"{file.name}: {line}"
        for file in (ROOT / "templates").rglob("*.html")
        for line in file.read_text().splitlines()
    }
    assert {line for line in lines if line.count("{#") != line.count("#}")} == set()


def test_rules_know_nothing_of_django_but_how_words_are_said() -> None:
    """Words for people are said in the reader's language (ADR 16); everything else of Django stays out of rules."""
    rules = [file for file in python_files(of_apps=True) if "rules" in (file.parent.name, file.stem)]
    known = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
        for file in rules
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    of_django = {module for module in known if module.split(".")[0] == "django"}
    assert of_django <= {"django.utils.dateformat", "django.utils.translation"}
