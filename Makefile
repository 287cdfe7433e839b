# make serve | make test | make check | make bench   (all set up .venv first)
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8866
DATA ?= var

.PHONY: install serve test check build lock bench screenshots drawings film system clean

install: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

serve: install
	$(BIN)/homevisit serve --port $(PORT) --data $(DATA)

system:
	./tests/system-packages

test: install system
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: install
	$(BIN)/ruff format --check homevisit tests bench drawings scripts
	$(BIN)/ruff check homevisit tests bench drawings scripts
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/homevisit check
	$(BIN)/homevisit build --check

build: install
	$(BIN)/homevisit build

bench: install system
	$(BIN)/python -m bench

screenshots: install system
	$(BIN)/python -m tests.screenshots

drawings: install
	$(BIN)/python -m drawings

# needs ffmpeg and Chromium; the course itself needs neither
film: install
	$(BIN)/python -m drawings.film

lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --output-file requirements.lock

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache
