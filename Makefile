# Everything sets itself up: on a fresh Debian 12 with Python 3.11, Node 20, git and make,
# `make run` serves the portal and `make test` runs the whole suite. Run again, both are quick.

PYTHON ?= python3
BIN := .venv/bin
RUNTIME := .venv/runtime-installed
DEV := .venv/dev-installed
FONT := build/static/css/fonts.css
SERVICES ?= private
export SERVICES

# The settings of production, as .env.example gives them, with a random key.
PRODUCTION = ENV_FILE=.env.example SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')
# Only the index itself is asked: wheels in a machine's own folders may have other hashes.
LOCK := env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock" \
	$(BIN)/pip-compile

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench faults scores lock clean debian-run debian-test

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: debian-run $(RUNTIME) $(FONT) ## the portal with worker, beat and demo data on http://127.0.0.1:8000 (PORT=8001)
	@exec $(BIN)/python -m scripts.portal

test: debian-test $(DEV) $(FONT) ## all tests on SQLite, then on private PostgreSQL and Redis (SERVICES=none: only SQLite)
ifeq ($(SERVICES),none)
	@echo "SERVICES=none: NOTHING IS TESTED ON POSTGRESQL AND REDIS." >&2
	$(BIN)/python -m pytest -n 3 --dist loadgroup
else
	$(BIN)/python -m pytest -n 3 --dist loadgroup
	$(BIN)/python scripts/services.py -- $(BIN)/python -m pytest -p tests.second_pass -n 3 --dist loadgroup
endif

lint: debian-run $(DEV) ## style, types, layers, migrations, production settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run --settings tests.settings
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

format: $(DEV) ## what ruff can put right, written into the files
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: debian-test $(DEV) ## pages at 20,000 assignments on SQLite and on PostgreSQL, long reports, long letters
	$(BIN)/python scripts/bench.py
	$(BIN)/python scripts/services.py --durable -- $(BIN)/python scripts/bench.py
	$(BIN)/python -m tests.bench.bench_pdf
	$(BIN)/python -m tests.bench.bench_intake
	$(BIN)/python scripts/services.py --durable -- $(BIN)/python -m tests.bench.bench_reminders

faults: debian-test $(DEV) ## 3,000 reminders under 600 faults, 5,000 competing posts, on PostgreSQL and Redis (FAULT_SEED=… repeats a run)
	FAULT_REMINDERS=3000 FAULT_COUNT=600 FAULT_POSTS=5000 $(BIN)/python scripts/services.py -- $(BIN)/python -m pytest -m faults -s tests/faults

LETTERS ?= ../shared/letters
scores: $(DEV) ## how well the reader reads labelled letters (LETTERS=folder with score.py, letters and labels)
	$(BIN)/python $(LETTERS)/score.py $(LETTERS) $(BIN)/python manage.py read_letter --json

lock: $(DEV) ## the newest versions that pyproject.toml allows, into the lock files
	$(LOCK) --upgrade --output-file requirements.lock pyproject.toml
	$(LOCK) --upgrade --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

clean: ## what make has made, but not .env nor the data in var/
	rm -rf .venv node_modules build .mypy_cache .ruff_cache .import_linter_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -r {} +

debian-run debian-test:
	@$(PYTHON) scripts/debian.py $(@:debian-%=%)

# A virtual environment that is not finished has no pip; `--clear` begins anew.
$(BIN)/pip:
	$(PYTHON) -m venv --clear .venv

$(RUNTIME): requirements.lock | $(BIN)/pip
	@echo "Installing what requirements.lock names …"
	@$(BIN)/python -m pip install -qq --require-hashes -r $<
	@touch $@

$(DEV): requirements-dev.lock | $(BIN)/pip
	@echo "Installing what requirements-dev.lock names …"
	@$(BIN)/python -m pip install -qq --require-hashes -r $<
	@touch $@ $(RUNTIME)

$(FONT): package-lock.json scripts/assets.py
	@$(PYTHON) scripts/assets.py
