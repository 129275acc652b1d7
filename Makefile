# `make demo` and `make test` do everything on a fresh machine; nothing needs to be installed before them.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 2
FRAMES ?= 1000000
SUBMISSIONS ?= 5000
# `make test EXTRAS=dev,torch` also compares the course with torch itself, as CI does.
EXTRAS ?= dev
comma := ,
READY := $(VENV)/ready-$(subst $(comma),-,$(EXTRAS))
# `make demo` writes here; nothing outside this folder is touched.
DEMO ?= demo

.PHONY: help demo test check release audit security bench fuzz soak clean system

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade-strategy only-if-needed --editable '.[$(EXTRAS)]'
	@touch $@

system:  ## bubblewrap and chromium from Debian, where apt and the rights for it are there
	@tools/system_packages.sh

demo: $(READY) system  ## release hw2_bptt, make a cohort, grade it, write the reports
	$(BIN)/coursekit demo --out $(DEMO)

test: $(READY) system  ## everything that must hold, the checks included
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

check: $(READY)  ## style, types, layers, freshness of what is generated
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/coursekit release --check

release: $(READY)  ## write assignments/ from solutions/ and autograder/
	$(BIN)/coursekit release

audit: $(READY) system  ## prove the tests by the mistakes
	$(BIN)/coursekit audit

security: $(READY) system  ## run the attacks at every level, write docs/security.md of what was seen
	$(BIN)/python tools/security_table.py --run

bench: $(READY) system  ## what a submission costs
	$(BIN)/python benchmarks/engine.py

fuzz: $(READY)  ## damaged frames without end against the judge's end of the wire
	$(BIN)/python tests/fuzz_wire.py --frames $(FRAMES)

soak: $(READY) system  ## one batch of thousands, a tenth of it hostile: nothing grows
	$(BIN)/python benchmarks/soak.py --submissions $(SUBMISSIONS)

clean:  ## remove what make made, the environment included
	rm -rf $(VENV) $(DEMO) build dist
