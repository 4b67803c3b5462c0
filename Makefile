# Needs make and Python 3.11 or newer, nothing else. Another Python: make test PYTHON=python3.13
# A line that starts with a target and carries ## is listed by `make` alone.

PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test fuzz check docs docs-check bench reliability lock clean FORCE

help:
	@echo "ropa: the register of processing activities that GDPR Article 30 asks for"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

demo: $(VENV)/.run  ## a notice becomes a register, a gap report and a workbook; then the example organisation
	@VENV="$(VENV)" sh data/demo.sh

test: $(VENV)/.dev  ## run all tests
	@$(PY) -m pytest --quiet -n auto

fuzz: $(VENV)/.dev  ## try the property tests twenty times as long, with new examples each time
	@HYPOTHESIS_PROFILE=fuzz $(PY) -m pytest --quiet -n auto $$(grep -rl --include='test_*.py' 'tests.fuzz import' tests)

check: $(VENV)/.dev docs-check  ## lint, format, types, floors, docs are current
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --quiet --check .
	@$(PY) -m mypy --no-error-summary
	@$(VENV)/bin/lint-imports --no-logo

docs: $(VENV)/.dev  ## write the generated pages of docs/ and the picture in the README
	@$(PY) docs/make.py

docs-check: $(VENV)/.dev
	@$(PY) docs/make.py --check

bench: $(VENV)/.dev  ## measure against the floors, into docs/performance.md
	@$(PY) -m tests.benchmarks --write

reliability: $(VENV)/.dev  ## try every fault, and write docs/reliability.md
	@$(PY) -m tests.faults.page

COMPILE = $(VENV)/bin/uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links $(UPGRADE)

# requirements-dev.txt decides; the others take the same versions from it.
lock: $(VENV)/.dev  ## pin what pyproject.toml asks for, with hashes; newer versions with UPGRADE=--upgrade
	@$(COMPILE) pyproject.toml --group dev --output-file requirements-dev.txt
	@$(COMPILE) pyproject.toml --constraint requirements-dev.txt --no-annotate --output-file requirements.txt
	@$(COMPILE) --group build --constraint requirements-dev.txt --no-annotate --output-file requirements-build.txt

clean:  ## remove what make made; a register in data/ and your exports stay
	@rm -rf "$(VENV)" dist exports/demo .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find ropa tests docs -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# The two sets of packages. A stamp is older than what it depends on: install again, else nothing to do.
$(VENV)/.run: requirements.txt requirements-build.txt pyproject.toml $(VENV)/.made
	@echo "Installing what ropa needs into $(VENV) …"
	@$(PIP) --require-hashes -r requirements.txt -r requirements-build.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml $(VENV)/.made
	@echo "Installing what tests and checks need into $(VENV) …"
	@$(PIP) --require-hashes -r requirements-dev.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run

# The stamp holds the folder it was made in: in a copied or moved tree the old paths would run the old code.
ifneq ($(shell cat "$(VENV)/.made" 2>/dev/null),$(CURDIR))
$(VENV)/.made: FORCE
endif
$(VENV)/.made:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "$(PYTHON) was not found. Install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is $$("$(PYTHON)" --version 2>&1); ropa needs 3.11 or newer. Name one: make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make environments. On Debian or Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear "$(VENV)"
	@printf '%s\n' "$(CURDIR)" > $@

FORCE:
