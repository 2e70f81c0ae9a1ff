# Two commands are enough to begin: `make demo` and `make test`. `make help` lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
SIZE ?= small
ONLY ?=
CASES ?= 10000
CHECKS := check-format check-lint check-templates check-types check-direction check-migrations check-deploy

.PHONY: help setup demo test check $(CHECKS) format bench fuzz mutants screenshots messages lock clean

help:  ## List what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: $(VENV)/set-up $(VENV)/set-up-languages static/build/set-up  ## Install the pinned packages and build the stylesheet

demo: setup  ## Start everything with a made-up council; Ctrl-C stops it
	@exec $(BIN)/python manage.py up --demo --port $(PORT)

test: setup  ## Run the whole test suite
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: setup  ## Format, lint, types, direction of imports, migrations, deployment settings
	@$(MAKE) --no-print-directory --keep-going --jobs 2 $(CHECKS)

check-format:
	$(BIN)/ruff format --check .

check-lint:
	$(BIN)/ruff check .

check-templates:
	$(BIN)/djlint --check --lint --quiet templates

check-types:
	$(BIN)/mypy .

check-direction:
	$(BIN)/lint-imports

check-migrations:
	$(BIN)/python manage.py makemigrations --check --dry-run

check-deploy:
	$(BIN)/python manage.py check --deploy --fail-level WARNING

format: setup  ## Put code and templates in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint --reformat --quiet templates

bench: setup $(VENV)/set-up-bench  ## Measure: make bench, make bench SIZE=full, make bench ONLY="api kills"
	$(BIN)/python -m bench $(SIZE) $(ONLY)

fuzz: setup  ## Throw generated cases at the API as it is served: make fuzz CASES=10000
	$(BIN)/python -m bench.fuzz $(CASES)

mutants: setup .venv-mutants/set-up  ## Change the rules of money one thing at a time, to see that a test notices (four to eight minutes)
	rm -rf mutants
	.venv-mutants/bin/mutmut run
	.venv-mutants/bin/python -m bench.mutants

screenshots: setup  ## Take pictures of the ten main pages, into screenshots/
	$(BIN)/python -m tests.browser.screenshots

messages: $(VENV)/set-up  ## Bring the catalogues of languages up to what pages say
	$(BIN)/python -m commonpurse.catalogues collect

lock:  ## Pin anew what pyproject.toml asks for (needs uv)
	requirements/lock

clean:  ## Remove what was installed, built or kept, the demo's database included
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m commonpurse.embedded.forget; fi
	rm -rf $(VENV) static/build staticfiles frontend/node_modules mutants .pytest_cache .mypy_cache .ruff_cache

$(VENV)/set-up: requirements/dev.txt requirements/install
	@requirements/install $(PYTHON) $(VENV) requirements/dev.txt
	@touch $@

# Apart: what it brings along renames processes, by which tests know the parts of the house.
.venv-mutants/set-up: requirements/mutants.txt requirements/install
	@requirements/install $(PYTHON) .venv-mutants requirements/mutants.txt
	@touch $@

$(VENV)/set-up-bench: $(VENV)/set-up requirements/bench.txt
	@requirements/install $(PYTHON) $(VENV) requirements/bench.txt
	@touch $@

$(VENV)/set-up-languages: $(VENV)/set-up $(wildcard locale/*/LC_MESSAGES/*.po)
	@$(BIN)/python -m commonpurse.catalogues
	@touch $@

static/build/set-up: $(VENV)/set-up $(wildcard frontend/*.json frontend/*.scss frontend/build)
	@frontend/build $(BIN)/python
	@touch $@
