PYTHON ?= python3
# Two for each core: tests wait for servers, disks and clocks.
WORKERS = $(shell echo $$((2 * $$(getconf _NPROCESSORS_ONLN))))
# Clients in Python, and what runs a notebook. They need an older graphql-core than the service, and so have an
# environment of their own.
CLIENTS = tests/conformance/python
# The folders with packages from npm.
NODE = tests/conformance $(addprefix examples/,typescript dashboard relay urql)
MODULES = $(addsuffix /node_modules/.stamp,$(NODE))
# Other servers, which only the bench needs.
PEERS = tests/bench/peers
PIP = .venv/bin/python -m pip --disable-pip-version-check
# The tests start many processes, and each starts twice as quickly from bytecode.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help serve test check format schema conformance browser operations beside endurance coverage mutation versions bench lock graphiql clean installed

help: ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1	\2/p' Makefile | expand -t 13

serve: .venv/runtime.stamp ## Migrate, seed and serve on http://127.0.0.1:8000
	@.venv/bin/sixtyone serve

test: .venv/dev.stamp ## Run the tests
	@.venv/bin/pytest --numprocesses=$(WORKERS) --dist=worksteal

check: .venv/dev.stamp ## Lint, type, and compare what must agree: layers, pins, dataset, schema, migrations
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PIP) check
	.venv/bin/sixtyone seed --check seeds/data
	.venv/bin/sixtyone schema --check
	.venv/bin/sixtyone migrate --check

format: .venv/dev.stamp ## Tidy the code in place
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

# By way of another file: a failed export must not leave an empty schema behind.
schema: .venv/dev.stamp ## Write schema/schema.graphql anew
	.venv/bin/sixtyone schema > schema/schema.graphql.new
	mv schema/schema.graphql.new schema/schema.graphql

conformance: installed ## Run other people's suites against ours (needs node)
	@.venv/bin/pytest tests/conformance

browser: .venv/dev.stamp $(MODULES) ## Open the pages in a real browser (needs node and chromium)
	@.venv/bin/pytest tests/browser

operations: .venv/dev.stamp ## Run beside Debian's PostgreSQL, PgBouncer and nginx, which go away and come back
	@.venv/bin/pytest tests/operations

# All three at once: they wait for other programs more than they use a processor.
beside: installed
	@.venv/bin/pytest -n 3 --dist worksteal tests/conformance tests/browser tests/operations

endurance: .venv/dev.stamp ## Serve many and an attacker for ten minutes, and answer thousands of queries that nobody wrote
	@.venv/bin/pytest -s tests/endurance

coverage: .venv/dev.stamp ## Run the tests, and fail where they take fewer branches of the code than the floor says
	@.venv/bin/coverage erase
	@.venv/bin/coverage run -m pytest -n auto
	@.venv/bin/coverage combine --quiet
	@.venv/bin/coverage report

mutation: .venv/dev.stamp ## Change reconciliation, statuses and costs in hundreds of ways, and count what no test notices
	@.venv/bin/mutmut run
	@.venv/bin/mutmut results

versions: .venv/dev.stamp ## Run a quick part of the tests on each later Python that is here
	@tests/versions

bench: .venv/dev.stamp $(PEERS)/node_modules/.stamp ## Measure beside other servers (needs npm and wrk)
	@.venv/bin/python -m tests.bench

# The second file is held to the first, so that what is tested is what is served.
COMPILE = .venv/bin/uv pip compile --quiet $(UPGRADE) --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make lock'

lock: .venv/dev.stamp ## Recompile the requirement files (UPGRADE=--upgrade for the newest versions)
	$(COMPILE) --output-file requirements.txt pyproject.toml --group build
	$(COMPILE) --output-file requirements-dev.txt pyproject.toml --group build --extra dev --constraints requirements.txt
	cd $(CLIENTS) && $(CURDIR)/$(COMPILE) --output-file requirements.txt requirements.in

graphiql: ## Fetch the files of GraphiQL at the versions in api/static/graphiql/package.json (needs npm)
	rm -rf build/graphiql && mkdir -p build/graphiql && cp api/static/graphiql/package.json build/graphiql
	cd build/graphiql && npm install --ignore-scripts --no-audit --no-fund --no-package-lock
	cd build/graphiql/node_modules && cp graphiql/graphiql.min.js graphiql/graphiql.min.css \
		react/umd/react.production.min.js react-dom/umd/react-dom.production.min.js $(CURDIR)/api/static/graphiql
	cp build/graphiql/node_modules/graphiql/LICENSE api/static/graphiql/LICENSE.graphiql
	cp build/graphiql/node_modules/react/LICENSE api/static/graphiql/LICENSE.react

clean: ## Remove all that can be made again; the database stays
	rm -rf .venv artefacts build mutants *.egg-info $(CLIENTS)/.venv
	rm -rf $(foreach made,node_modules dist schema.graphql src/schema.d.ts src/__generated__,$(addsuffix /$(made),$(NODE) $(PEERS)))
	rm -rf .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/runtime.stamp: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed. To name one: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(PIP) install --quiet --require-hashes -r requirements.txt
	$(PIP) install --quiet --no-build-isolation --no-deps -e .
	@touch $@

.venv/dev.stamp: .venv/runtime.stamp requirements-dev.txt
	$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

installed: .venv/dev.stamp $(MODULES) $(CLIENTS)/.venv/.stamp

$(CLIENTS)/.venv/.stamp: $(CLIENTS)/requirements.txt
	$(PYTHON) -m venv --clear $(CLIENTS)/.venv
	$(CLIENTS)/$(PIP) install --quiet --require-hashes -r $<
	@touch $@

%/node_modules/.stamp: %/package.json %/package-lock.json %/.npmrc
	cd $* && npm ci
	@touch $@
