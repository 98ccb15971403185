# Two commands matter: `make demo` and `make test`. Everything they need is installed by them.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test faults check fix assets lock clean

demo: $(VENV)/.installed ## Run the service with people in it, and a mailbox that shows its emails
	$(BIN)/python -m matcher.demo

test: $(VENV)/.installed-dev ## Check style and types, then run every test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/pytest -n 2 $(PYTEST_OPTIONS)

faults: $(VENV)/.installed-dev ## Play every fault at full size (hours); writes docs/measurements/faults.md
	$(BIN)/python benchmarks/faults.py $(FAULTS_OPTIONS)

fix: $(VENV)/.installed-dev ## Mend what the tools can mend by themselves
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

assets: ## Build the stylesheet and scripts anew (needs npm; the results are committed)
	cd assets && npm ci && npm run build

lock: $(VENV)/.installed-dev ## Bring the lock files up to date with pyproject.toml
	$(BIN)/uv pip compile -q pyproject.toml --extra demo --group build --generate-hashes --no-emit-index-url --python-version 3.11 -o requirements.lock
	$(BIN)/uv pip compile -q pyproject.toml --extra demo --extra cluster --group build --group dev -c requirements.lock --generate-hashes --no-emit-index-url --python-version 3.11 -o requirements-dev.lock

$(VENV)/.installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m matcher.matching.warming
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

clean: ## Remove what the two commands made
	rm -rf $(VENV) .demo .cache
