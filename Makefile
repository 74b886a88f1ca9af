# Short names for the commands of CONTRIBUTING.md. Everything here also works without make.

PYTHON = python3
BOOTSTRAP = $(PYTHON) packaging/bootstrap.py
VENV_PYTHON = .venv/bin/python

.PHONY: run test lint bench mutants screenshots extract update lock

run:
	$(BOOTSTRAP) run

test:
	$(BOOTSTRAP) test

lint:
	$(BOOTSTRAP) lint

bench:
	$(BOOTSTRAP) setup
	$(VENV_PYTHON) packaging/bench.py

# MODULES="planner.domain.ledger*" limits it. mutmut is in no lock file: only this needs it.
mutants:
	$(BOOTSTRAP) setup
	$(VENV_PYTHON) -m pip install --quiet mutmut
	$(VENV_PYTHON) packaging/mutants.py $(if $(MODULES),"$(MODULES)")

screenshots:
	$(BOOTSTRAP) setup
	$(VENV_PYTHON) packaging/screenshots.py

# The template alone; "update" also carries it into every language.
extract update:
	$(BOOTSTRAP) setup
	$(VENV_PYTHON) packaging/translations.py $@

# The newest versions that pyproject.toml allows, for every system and Python, with their hashes.
# It needs uv. UV_NO_CONFIG and the unset variable keep this machine's own settings out of the files.
LOCK = env -u UV_FIND_LINKS UV_NO_CONFIG=1 uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock" pyproject.toml
lock:
	$(LOCK) --extra build --output-file packaging/lock.txt
	$(LOCK) --extra dev --output-file packaging/lock-dev.txt
