# `make site` and `make test` need nothing but make and Python 3.11 or later; both set up a .venv of their own.

REQUIRED := import sys; sys.exit(sys.version_info < (3, 11))
# The first Python here that is new enough; `make PYTHON=/path/to/python` names another.
PYTHON := $(firstword $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c '$(REQUIRED)' 2>/dev/null && echo $$p; done) python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-options \
	--build-deps-for wheel --build-deps-for editable

.PHONY: help site test docs lighthouse pictures lock clean

help:
	@echo "make site        build the demonstration into output/"
	@echo "make test        run the linters, the type checker and the tests"
	@echo "make docs        write docs/settings.md and the reference in docs/theme.md anew"
	@echo "make lighthouse  measure the demonstration in a browser: some minutes on a machine that does nothing else"
	@echo "make pictures    take the pictures of the README anew"
	@echo "make lock        write requirements.txt and requirements-dev.txt anew (UPGRADE=--upgrade for newer versions)"
	@echo "make clean       forget .venv and the caches"

site: $(VENV)/.site
	$(BIN)/ssg build
	@echo
	@echo "To look at it:  $(BIN)/python -m http.server -d output 8000"
	@echo "then open       http://localhost:8000/"

test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tests.side_by_side

docs: $(VENV)/.site
	$(BIN)/python -c 'from ssg import settings; print(settings.reference(), end="")' > docs/settings.md.new
	mv docs/settings.md.new docs/settings.md
	$(BIN)/python -c 'from pathlib import Path; from ssg.theme_docs import renewed; page = Path("docs/theme.md"); \
	  page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")'

lighthouse: $(VENV)/.test
	$(BIN)/python -m tests.browser.lighthouse

pictures: $(VENV)/.test
	$(BIN)/python -m tests.browser.pictures

lock: export CUSTOM_COMPILE_COMMAND = make lock
lock: $(VENV)/pyvenv.cfg
	$(PIP) install --quiet pip-tools
	$(LOCK) $(UPGRADE) --output-file requirements.txt pyproject.toml
	$(LOCK) $(UPGRADE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

clean:
	rm -rf $(VENV) .ssg-cache .mypy_cache .pytest_cache .ruff_cache .hypothesis dist

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c '$(REQUIRED)' 2>/dev/null || { \
	  echo "This needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version 2>/dev/null || echo not there)." >&2; \
	  echo "Install a newer one, or name it: make PYTHON=/path/to/python3.13" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# Every package comes with a hash; our own is built by the locked hatchling, so that nothing else is fetched.
$(VENV)/.site: requirements.txt pyproject.toml | $(VENV)/pyvenv.cfg
	$(PIP) install --quiet --require-hashes --requirement requirements.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements-dev.txt $(VENV)/.site
	$(PIP) install --quiet --require-hashes --requirement requirements-dev.txt
	@touch $@
