# certify: `make` lists what can be made. Needed: Python 3.11 or newer, make, git.

# Name another Python so:  make run PYTHON=python3.12
PYTHON ?= python3

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
LOCALE := src/certify/locale
CATALOGUES := $(wildcard $(LOCALE)/*/LC_MESSAGES/certify.po)
COMPILED := $(CATALOGUES:.po=.mo)
# Where a translated string can stand, and the names that mark one.
EXTRACT := $(PY) -m babel.messages.frontend -q extract --project=certify --no-location \
	--sort-output --add-comments=Translators: -k N_ -k _n:1,2 -o build/certify.pot src/certify plugins
UPDATE := $(PY) -m babel.messages.frontend -q update -i build/certify.pot -d $(LOCALE) -D certify \
	--no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

# ── Use ──────────────────────────────────────────────────────────────────────────────────────

.PHONY: run
run: $(VENV)/.project $(COMPILED) ## install what is needed, once, and open certify with a ready-made company
	@$(PY) -m certify demo

# ── Check ────────────────────────────────────────────────────────────────────────────────────

.PHONY: test
test: $(VENV)/.dev $(VENV)/.project $(COMPILED) ## every test, on SQLite and PostgreSQL
	@$(PY) -m pytest -n auto

.PHONY: soak
soak: $(VENV)/.dev $(VENV)/.project $(COMPILED) ## the tests of faults in the sizes of a night (hours), and their table
	@CERTIFY_SOAK=1 $(PY) -m benchmarks.faults

# The quick ones first; one after the other, so that the last line is that of the tests.
.PHONY: check
check: ## all that must hold before a commit lands
	@$(MAKE) lint
	@$(MAKE) types
	@$(MAKE) layers
	@$(MAKE) locale-check
	@$(MAKE) course-check
	@$(MAKE) test

.PHONY: lint
lint: $(VENV)/.dev ## the form of the code
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .

.PHONY: types
types: $(VENV)/.dev ## mypy, strict
	$(PY) -m mypy

.PHONY: layers
layers: $(VENV)/.dev $(VENV)/.project ## imports point inward
	@$(PY) $(VENV)/bin/lint-imports --no-logo

.PHONY: locale-check
locale-check: $(VENV)/.dev ## no string is missing from a catalogue, none is untranslated
	@mkdir -p build
	@$(EXTRACT)
	@$(UPDATE) --check 2>build/check.txt || { tail -n 1 build/check.txt; \
		echo "The catalogues lack strings, or hold old ones: make locale"; exit 1; }
	@for language in $(filter-out en,$(patsubst $(LOCALE)/%/LC_MESSAGES/certify.po,%,$(CATALOGUES))); do \
		$(PY) -m babel.messages.frontend compile --statistics -o build/check.mo -l $$language \
			-i $(LOCALE)/$$language/LC_MESSAGES/certify.po 2>&1 | tee build/check.txt; \
		grep -q '(100%)' build/check.txt && ! grep -q '^error' build/check.txt || { \
			echo "Translate the rest in $(LOCALE)/$$language/LC_MESSAGES/certify.po"; exit 1; }; \
	done

.PHONY: course-check
course-check: $(VENV)/.project $(COMPILED) ## every course in courses/
	$(PY) -m certify course check courses/*

# ── Change ───────────────────────────────────────────────────────────────────────────────────

.PHONY: format
format: $(VENV)/.dev ## put the code into its form
	$(PY) -m ruff check --fix-only --quiet .
	$(PY) -m ruff format .

.PHONY: locale
locale: $(VENV)/.dev ## gather new strings into the catalogues; ADD=fr begins a new language
	@mkdir -p build
	@$(EXTRACT)
	$(if $(ADD),@$(UPDATE) -l $(ADD) --init-missing)
	@$(UPDATE)
	@$(MAKE) $(LOCALE)/compiled

.PHONY: $(LOCALE)/compiled
$(LOCALE)/compiled: $(COMPILED)

.PHONY: docs
docs: $(VENV)/.dev $(VENV)/.project $(COMPILED) ## write the reference pages and the picture from the code
	$(PY) -m docs.generate
	$(PY) -m docs.images.make

.PHONY: snapshots
snapshots: $(VENV)/.dev $(VENV)/.project $(COMPILED) ## accept the pictures of the screens as they are now
	$(PY) -m pytest --snapshot-update tests/tui

.PHONY: requirements
requirements: ## pin the newest allowed versions anew (needs uv)
	@command -v uv >/dev/null || { echo "uv is missing: pip install uv"; exit 1; }
	@cd requirements && for name in runtime dev; do \
		uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements" \
			$$name.in -o $$name.txt || exit 1; \
	done

.PHONY: clean
clean: ## remove everything that make made
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	rm -f snapshot_report.html $(COMPILED)
	find src plugins tests -type d -name __pycache__ -prune -exec rm -rf {} +

# ── Stamps: what is installed already is not installed again ─────────────────────────────────

$(PY):
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "There is no '$(PYTHON)'. Install Python 3.11 or newer, or name yours: make run PYTHON=/path/to/python3"; \
		exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "certify needs Python 3.11 or newer; '$(PYTHON)' is $$("$(PYTHON)" -V 2>&1)."; \
		echo "Name a newer one: make run PYTHON=python3.12"; \
		exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' comes without venv or ensurepip, which some systems package apart."; \
		echo "Install that package (often named python3-venv), or name another Python: make run PYTHON=/path/to/python3"; \
		exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.runtime: requirements/runtime.txt | $(PY)
	@echo "Installing what certify needs (once; about a minute) …"
	@$(PIP) install $$(test -t 1 || echo --quiet) --require-hashes -r requirements/runtime.txt
	@touch $@

# Everything in runtime.txt is in dev.txt too.
$(VENV)/.dev: requirements/dev.txt | $(PY)
	@echo "Installing the tools for development (once; about a minute) …"
	@$(PIP) install $$(test -t 1 || echo --quiet) --require-hashes -r requirements/dev.txt
	@touch $(VENV)/.runtime $@

# Again when the version, the entry points or the build change; changes of code need nothing.
$(VENV)/.project: pyproject.toml hatch_build.py src/certify/__init__.py | $(VENV)/.runtime
	@$(PIP) install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

%.mo: %.po | $(VENV)/.runtime
	@$(PY) -m babel.messages.frontend -q compile -i $< -o $@
