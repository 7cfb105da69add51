# What can be done here: `make help`. Everything happens in .venv and out/.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check
OUT ?= out
# What Gephi Lite reads files with; the tests that need it are skipped where npm is missing.
GEPHI_LITE := $(if $(shell command -v npm),tests/export/gephi/node_modules/.package-lock.json)

.DEFAULT_GOAL := help
.PHONY: help run test check evaluate bench docs web clean

help: ## Say what can be done
	@awk -F ' *## ' '/^[a-z]+:.*## / { split($$1, target, ":"); printf "  make %-8s %s\n", target[1], $$2 }' Makefile

run: $(BIN)/.kg ## Build the knowledge graph of the articles in seeds/ into out/
	@$(BIN)/kg build seeds -o $(OUT)

test: $(BIN)/.dev $(GEPHI_LITE) ## Run all tests
	@$(BIN)/pytest -n auto --dist worksteal

check: $(BIN)/.dev $(GEPHI_LITE) ## Style, types, import contracts and tests
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest -n auto --dist worksteal

evaluate: $(BIN)/.dev ## Measure extraction against gold files: make evaluate GOLD=path...
	@$(BIN)/python training/evaluate.py $(or $(GOLD),$(error say which gold files: make evaluate GOLD=path...))

bench: $(BIN)/.dev ## Measure how fast articles are read, builds grow and networks are measured
	@$(BIN)/python bench/speed.py
	@$(BIN)/python bench/growing.py
	@$(BIN)/python bench/network.py
	@$(BIN)/python bench/gexf.py

docs: $(BIN)/.dev ## Write what README.md, docs/ontology.md, queries.md and notebook.ipynb show, as it is now
	@$(BIN)/python -m tests.readme
	@$(BIN)/python -m tests.notebook
	@$(BIN)/python -m tests.questions
	@$(BIN)/kg vocab --markdown > docs/ontology.md

web: ## Build kg/report/page.js and page.css of web/report/src, which needs node
	@cd web/report && npm install --silent --omit-lockfile-registry-resolved && npm run --silent build

clean: ## Remove what was built and measured, but not .venv
	rm -rf $(OUT) dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find kg tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than pyproject.toml when what that asks for is installed.
$(BIN)/.kg: pyproject.toml | $(BIN)/python
	$(INSTALL) --editable .
	@touch $@

$(BIN)/.dev: pyproject.toml | $(BIN)/python
	$(INSTALL) --editable '.[dev]'
	@touch $(BIN)/.kg $@

tests/export/gephi/node_modules/.package-lock.json: tests/export/gephi/package-lock.json
	-@npm ci --prefix tests/export/gephi --no-audit --no-fund --loglevel=error
	@touch -c $@

$(BIN)/python:
	$(PYTHON) -m venv .venv
