# The commands of the README. Each says here which program it runs; what the program does is written in that program.
PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin

.PHONY: help setup run test fast check demo snapshot bench reference screenshots lock messages

help: ## what there is
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup: ## install everything that is missing, for running and testing
	@$(PYTHON) -m tools.setup test

run: ## install, load the facts, build the training programme and serve on http://127.0.0.1:$PORT
	@$(PYTHON) -m tools.setup run
	@$(BIN)/kumppani prepare
	@exec $(BIN)/kumppani serve --port $(PORT)

test: setup ## the whole suite, on SQLite and on PostgreSQL
	@$(BIN)/python -m tools.suite $(ARGS)

fast: setup ## the suite without browsers, on SQLite, until the first failure
	@$(BIN)/pytest -n 2 -x -m "not browser" $(ARGS)

check: setup ## lint, types, contracts, translations, migrations, settings, licences
	@$(BIN)/python -m tools.check $(ARGS)

demo: ## build the training programme anew
	@$(PYTHON) -m tools.setup run
	@$(BIN)/kumppani demo --reset

snapshot: ## build what search and lists of many things read
	@$(PYTHON) -m tools.setup run
	@$(BIN)/kumppani snapshot

bench: setup ## measure speed and memory against an empty view
	@$(BIN)/python -m bench

reference: ## write docs/reference from the code
	@$(PYTHON) -m tools.setup run
	@$(BIN)/kumppani reference

screenshots: setup ## take the pictures in docs/screenshots anew
	@SCREENSHOTS=write $(BIN)/pytest -n 2 tests/browser/test_screenshots.py $(ARGS)

lock: ## choose the newest dependencies that pyproject.toml allows
	@$(BIN)/python -m tools.lock

messages: setup ## bring locale/ up to date with the code and the templates
	@$(BIN)/python -m tools.translations update
