# Two commands do all the set-up: `make graph` and `make test`.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
STORE ?= out/graph.store
PAGE ?= out/graph.html

.PHONY: graph test lint train bench clean

graph: .venv/base
	@mkdir -p out
	$(BIN)/kg build seeds/ --store $(STORE)
	$(BIN)/kg view --store $(STORE) --output $(PAGE)
	@echo "Open $(PAGE) in a browser; ask with: $(BIN)/kg trace 罗岗 --store $(STORE)"

test: .venv/test lint
	$(BIN)/python tests/browser/ensure_chromium.py
	$(BIN)/python -m pytest

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

train: .venv/test
	$(BIN)/python -m kg.extract.train

bench: .venv/test
	$(BIN)/python -m pip install -q -c constraints.txt -e '.[bench]'
	$(BIN)/python -m tests.benchmarks

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed; on Debian or Ubuntu: apt-get install python3 python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/base: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/test: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch .venv/base $@

clean:
	rm -rf .venv out build *.egg-info
