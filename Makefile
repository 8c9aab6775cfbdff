# Everything installs into .venv by itself; nothing else on the machine is touched.
PYTHON ?= python3
BIN := .venv/bin
# Tests wait for databases and processes as much as they compute: one more at a time than there are cores.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

.PHONY: demo test lint bench chaos fuzz pictures clean

demo: .venv/installed
	$(BIN)/python -m bot demo

test: .venv/installed
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --maxprocesses 4 --dist worksteal

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/installed
	$(BIN)/python -m benchmarks

chaos: .venv/installed
	$(BIN)/python -m tests.chaos

fuzz: .venv/installed
	$(BIN)/python -m tests.fuzz

pictures: .venv/installed
	$(BIN)/python -m docs.pictures

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv build *.egg-info
