# Every command of the project. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PY := .venv/bin/python
APE := .venv/bin/ape
PYTEST := $(PY) -m pytest

.PHONY: help setup compile demo fork test lint format sizes fuzz bench bench-data mutants prove coverage abi lock gallery clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  \033[1mmake %-11s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install everything that the lock files pin (quick when nothing changed)
	@bash toolchain/setup.sh

# ape alone compiles only the files that changed, and leaves those that import them as they were.
compile: setup ## compile the contracts (all of them, when any changed)
	@sum=$$(find contracts -name '*.sol' -type f | LC_ALL=C sort | xargs cksum ape-config.yaml package-lock.json | cksum); \
	if [ "$$sum" != "$$(cat .build/.stamp 2>/dev/null)" ] || [ ! -f .build/__local__.json ]; then \
	  $(APE) compile --force && echo "$$sum" >.build/.stamp; fi

abi: compile ## write the ABIs and interfaces that others import to abi/
	@$(PY) -m phemexia.interfaces

demo: compile ## deploy the suite on an embedded chain and play a season of the DAO
	@$(APE) run demo

fork: compile ## deploy on a stand-in for Sepolia, fork it, and run the tests of tests/fork on the fork
	@exec $(PY) toolchain/fork.py

test: compile ## run the tests (with a short version of fuzz)
	@$(PYTEST) tests -n 4 --dist worksteal

bench: compile ## measure gas of every operation, write bench/gas.json
	@$(PY) -m bench

bench-data: setup ## measure trees and pre-mining at size beside their peers, write bench/merkle.json and premining.json
	@$(PY) -m bench.data

lint: compile ## formatters, linters, types, static analysis, contract sizes
	@toolchain/lint.sh

format: setup ## rewrite the sources in the project's format
	@.toolchain/bin/forge fmt
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix --quiet .

sizes: compile ## print the size of each contract
	@$(PY) -m phemexia.artifacts

fuzz: compile ## play random sequences of escrow and governor against models (MACHINE=name SEED=n SEQUENCES=n STEPS=n)
	@PYTHONPATH=tests $(PY) -m stateful.fuzz $(if $(MACHINE),--machine $(MACHINE)) $(if $(SEED),--seed $(SEED)) \
	  $(if $(SEQUENCES),--sequences $(SEQUENCES)) $(if $(STEPS),--steps $(STEPS))

coverage: compile ## run the tests and show which lines of the Python library they miss
	@$(PYTEST) tests -n 2 --cov=phemexia --cov-report=term:skip-covered

mutants: compile ## see that the tests notice some 160 small mistakes in the escrow (MATCH=text for a few)
	@PYTHONPATH=tests $(PY) -m mutation.run $(if $(MATCH),--match "$(MATCH)")

prove: setup ## prove the escrow's packing, sums and exits with halmos, some minutes (MATCH=text for a few)
	@PYTHONPATH=tests $(PY) -m symbolic.run $(if $(MATCH),--match "$(MATCH)")

gallery: compile ## draw passes and render them to docs/passes.png (wants Debian's chromium, and pngquant)
	@$(PY) toolchain/gallery.py

lock: setup ## resolve the direct dependencies anew into the lock files
	@for f in requirements requirements-tools; do \
	  .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --python-version 3.11 $$f.in -o $$f.txt; done
	@npm install --package-lock-only --loglevel=error

clean: ## remove what was built (not what was installed)
	@rm -rf .build .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
