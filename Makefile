# Two commands: `make run` opens the assistant, `make test` checks everything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test build check clean screenshots
run: $(READY)
	$(BIN)/guidegraph app

test: check
	$(BIN)/python -m pytest

build: $(READY)
	$(BIN)/guidegraph build

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

screenshots: $(READY)
	$(BIN)/python -m tests.browser.screenshots

clean:
	rm -rf $(VENV) .guidegraph build *.egg-info

# the environment is made anew when what is to be installed changes
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Guidegraph needs Python 3.11 or newer; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $(READY)
