# Everything sets itself up: on a fresh Debian 12 with Python 3.11, Node 20, git and make,
# `make run` serves the portal and `make test` runs the whole suite. Run again, both are quick.

PYTHON ?= python3
BIN := .venv/bin
RUNTIME := .venv/.runtime
DEV := .venv/.dev
SERVICES ?= private
export SERVICES

# What the tools need to import the settings; a developer's own .env is left out of it.
CHECKED := DEBUG=on SECRET_KEY=only-for-checks

.DEFAULT_GOAL := help
.PHONY: help run test test-fast lint format bench lock clean debian-run debian-test

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: debian-run $(RUNTIME) build/static ## the portal on http://127.0.0.1:8000 with worker, beat and demo data (PORT=)
	@exec $(BIN)/python scripts/portal.py

test: debian-test $(DEV) build/static ## the whole suite: on SQLite, then on private PostgreSQL and Redis (SERVICES=none)
	$(CHECKED) $(BIN)/python -m pytest -n 2
	$(CHECKED) $(BIN)/python scripts/services.py -- $(BIN)/python -m pytest -p tests.second_pass -n 2

lint: debian-run $(DEV) ## style, types, layers, migrations, production settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(CHECKED) $(BIN)/mypy
	$(BIN)/lint-imports
	$(CHECKED) $(BIN)/python manage.py makemigrations --check --dry-run

format: $(DEV) ## ruff's order and format, written into the files
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

debian-run:
	@$(PYTHON) scripts/debian.py run

debian-test:
	@$(PYTHON) scripts/debian.py test

.venv/bin/python:
	$(PYTHON) -m venv .venv

$(RUNTIME): requirements.lock | .venv/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@touch $@

$(DEV): requirements-dev.lock | .venv/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@ $(RUNTIME)

build/static: package-lock.json scripts/assets.py
	@$(PYTHON) scripts/assets.py

# Only the package index itself is asked: wheels from a machine's own folders have other hashes.
LOCK := env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile

lock: $(DEV) ## newest allowed versions into the lock files (UPGRADE= keeps them)
	$(LOCK) $(UPGRADE) --output-file requirements.lock pyproject.toml
	$(LOCK) $(UPGRADE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
