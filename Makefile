# `make` alone lists what can be done. Nothing but Python 3.11 (or later) and make is needed.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
RELIER := $(BIN)/python -m relier.config.command

.DEFAULT_GOAL := help
.PHONY: help demo test lint fix bench screenshots messages lock wheel clean

help: ## list what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# Installed again when the lock changes, and only then.
.venv/dev.stamp: requirements/dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

demo: .venv/dev.stamp words ## start the real product with two invented houses, on http://127.0.0.1:8000 (PORT= changes it)
	RELIER_DATA=$${RELIER_DATA:-.demo} $(RELIER) demo --port $(PORT)

test: .venv/dev.stamp words ## run the tests, with no service running (the browser's where Chromium is found)
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/dev.stamp words ## check style, types, floors, words and addresses
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	$(BIN)/python tools/messages.py check
	$(BIN)/python tools/plain_words.py
	$(BIN)/python tools/no_addresses.py
	RELIER_DATA=.demo/lint $(RELIER) makemigrations --check --dry-run

fix: .venv/dev.stamp ## put in order what can be put in order by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python tools/messages.py fix

bench: .venv/dev.stamp words ## measure what the README claims, each beside its peer
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	$(BIN)/python -m benchmarks.run

screenshots: .venv/dev.stamp words ## take a picture of every page, in both languages and widths
	$(BIN)/python tools/screenshots.py

messages: .venv/dev.stamp ## gather new words into the French catalogues
	$(BIN)/python tools/messages.py update

.PHONY: words
words: .venv/dev.stamp
	@$(BIN)/python tools/messages.py compile

lock: ## write the lock files again from pyproject.toml
	@for set in "base:" "served:--extra served" "dev:--extra served --extra fast --group dev" "bench:--extra served --extra fast --group dev --group bench"; do \
	  $(BIN)/uv pip compile --quiet pyproject.toml $${set#*:} --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-header --output-file requirements/$${set%%:*}.txt; \
	done

wheel: .venv/dev.stamp ## build the wheel into dist/
	$(BIN)/python -m build --wheel

clean: ## remove what the commands above made (the demonstration's data included)
	rm -rf .venv .demo dist build screenshots
