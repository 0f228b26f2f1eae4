# What people do here; `make` alone lists it. Needs python3 (3.11 or newer) and make.

VENV   := .venv
PYTHON := $(VENV)/bin/python
RACESC := $(VENV)/bin/racesc
STAMP  := $(VENV)/.installed

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

# Installed once, and again when the dependencies change.
$(STAMP): pyproject.toml
	python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(STAMP)

.PHONY: install
install: $(STAMP) ## make .venv with racesc and everything its tests need

.PHONY: demo
demo: $(STAMP) ## check, draw, compile and grade an example
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" sh examples/demo.sh

.PHONY: test
test: $(STAMP) ## run all tests
	$(PYTHON) -m pytest -q -n auto

.PHONY: lint
lint: $(STAMP) ## formatting, lint and types
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy

.PHONY: format
format: $(STAMP) ## format and mend what ruff can
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

.PHONY: bench
bench: $(STAMP) ## measure counting and addressing the space
	$(PYTHON) -m bench.space

.PHONY: soundness
soundness: $(STAMP) ## a million composites run, short chains, mutants, recall, fuzz (hours)
	$(PYTHON) -m bench.soundness --exhaust 2
	$(PYTHON) -m bench.soundness --exhaust 3
	$(PYTHON) -m bench.soundness --runs 1000000
	$(PYTHON) -m bench.mutation
	$(PYTHON) -m bench.recall
	$(PYTHON) -m bench.fuzz --programs 10000
	$(PYTHON) -m bench.linear

.PHONY: gallery
gallery: $(STAMP) ## write docs/gallery.md anew
	$(RACESC) envs --gallery

.PHONY: clean
clean: ## remove .venv and everything built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
