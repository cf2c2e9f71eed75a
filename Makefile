# Every target makes what it needs, in .venv and nowhere else: by uv if it is there, else by pip.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help install demo boards test test-all test-kills check fix docs pictures bench lock clean

BIN := .venv/bin
UV := $(shell uv --version >/dev/null 2>&1 && echo uv)
export UV_PYTHON_DOWNLOADS := never

ifdef UV
ADD := uv pip install --quiet --python $(BIN)/python
else
ADD := $(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check
endif
ADD_LOCKED := $(ADD) --no-deps --only-binary :all: --require-hashes -r

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: .venv/.run ## Donbay and what it runs on, in .venv
	@echo "Ready: $(BIN)/donbay --help"

demo: .venv/.run ## the site at http://127.0.0.1:8000, with shipped programmes and made-up reports
	@$(BIN)/donbay demo

boards: .venv/.run ## the boards of the shipped programmes in the terminal, from their published figures
	@$(BIN)/donbay boards

test: .venv/.dev ## the tests, on SQLite, without a browser
	$(BIN)/pytest -n auto

test-all: .venv/.dev ## 2,000 worlds for the two engines, a browser, the site on PostgreSQL too, killed servers
	$(BIN)/pytest -n auto --dist worksteal -m "not kills" --hypothesis-profile long --durations 20
	DONBAY_TEST_DATABASE=postgresql $(BIN)/pytest -n auto tests/web
	$(BIN)/pytest -n 2 -m kills tests/web

test-kills: .venv/.dev ## servers killed at twenty points on each database, and crowded ones: a part of test-all
	$(BIN)/pytest -n 2 -m kills tests/web

check: .venv/.dev ## format, lint, types, layers, packs, generated pages
	@echo "== format";  $(BIN)/ruff format --check --quiet .
	@echo "== lint";    $(BIN)/ruff check --quiet .
	@echo "== types";   $(BIN)/mypy
	@echo "== layers";  $(BIN)/lint-imports --no-logo
	@echo "== packs";   $(BIN)/donbay check packs/*/
	@echo "== docs";    $(BIN)/python docs/make_reference.py --check

fix: .venv/.dev ## mend what format and lint can mend by themselves
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: .venv/.run ## write anew what is generated in docs/, and run the commands shown there
	$(BIN)/python docs/make_reference.py

pictures: .venv/.dev ## take the pictures of docs/pictures anew, by Debian's chromium
	$(BIN)/python docs/site_pictures.py

bench: .venv/.bench ## the national case beside its rivals, in one run; then the site: approvals, pages, imports, reorganisations
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.site_enter
	$(BIN)/python -m benchmarks.site_enter --database postgresql
	$(BIN)/python -m benchmarks.site_approve --scale 25M --database postgresql
	$(BIN)/python -m benchmarks.site_pages
	$(BIN)/python -m benchmarks.site_import
	$(BIN)/python -m benchmarks.site_import --database postgresql
	$(BIN)/python -m benchmarks.site_reorganise
	$(BIN)/python -m benchmarks.site_reorganise --scale 25M --database postgresql
	$(BIN)/python -m benchmarks.documents
	$(BIN)/python -m benchmarks.documents.long
	$(BIN)/python -m benchmarks.reports

clean: ## forget .venv and every cache
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment ---------------------------------------------------------------

# The first Python from 3.11 on. Debian keeps venv in a package of its own.
$(BIN)/python:
	@for name in $${PYTHON:-python3 python3.13 python3.12 python3.11}; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$name; break; fi; \
	done; \
	if [ -z "$${found:-}" ]; then \
	  echo "Donbay needs Python 3.11 or newer, and none is on the path." >&2; \
	  echo "On Debian 12 or Ubuntu 24.04: sudo apt install python3 python3-venv; on Ubuntu 22.04: sudo apt install python3.11 python3.11-venv" >&2; exit 1; \
	fi; \
	if [ -n "$(UV)" ]; then uv venv --quiet --clear --python "$$found" .venv; \
	elif "$$found" -c 'import ensurepip' 2>/dev/null; then "$$found" -m venv --clear .venv; \
	else \
	  echo "$$found cannot make a virtual environment: the Debian package $$(basename "$$found")-venv is missing." >&2; \
	  echo "Get it with: sudo apt install $$(basename "$$found")-venv" >&2; exit 1; \
	fi

.venv/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Donbay runs on into .venv, by $(or $(UV),pip) ..."
	@[ -n "$(UV)" ] || $(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(ADD_LOCKED) requirements/run.txt
	@$(ADD) --no-deps --no-build-isolation --editable .
	@# Compiled once: where Python may not keep what it compiles, every start would take half a second more.
	@$(BIN)/python -m compileall -qq -j 0 .venv/lib src || true
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	@echo "Installing the test and check tools ..."
	@$(ADD_LOCKED) requirements/dev.txt
	@touch $@

.venv/.bench: requirements/bench.txt .venv/.run
	@echo "Installing the rivals ..."
	@$(ADD_LOCKED) requirements/bench.txt
	@$(BIN)/python -m compileall -qq -j 0 .venv/lib benchmarks || true
	@touch $@

# One version of each package on every Python, so that every machine gets the same figures.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
  --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-build-options \
  --custom-compile-command "make lock"

lock: ## resolve anew and write requirements/*.txt (needs uv)
	$(COMPILE) --upgrade --group build pyproject.toml --output-file requirements/run.txt
	$(COMPILE) --upgrade --group dev pyproject.toml --constraint requirements/run.txt --output-file requirements/dev.txt
	$(COMPILE) --upgrade --group bench pyproject.toml --constraint requirements/run.txt --output-file requirements/bench.txt
