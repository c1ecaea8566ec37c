# `make help` says what there is. Everything runs in .venv, which is built from requirements.lock.

.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
PYTHONS ?= $(wildcard $(HOME)/.pyenv/versions/3.1[1-9]*/bin/python)
RUN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help env tables reports screenshots notebooks docs lab check test lowest newest versions lint bench bench-reading bench-growth scale fuzz sbom lock clean

help:  ## this list
	@grep -hE '^[a-z -]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | awk -F'\t' '{printf "  make %-14s %s\n", $$1, $$2}'

env: $(READY)  ## the environment, from the lock

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	test -x $(RUN)/python || $(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --disable-pip-version-check uv
	$(RUN)/uv pip sync --quiet --compile-bytecode --python $(RUN)/python --require-hashes requirements.lock
	$(RUN)/uv pip install --quiet --python $(RUN)/python --no-deps --no-build-isolation --editable .
	touch $@

tables: $(READY)  ## the source documents → data/tables
	$(RUN)/minshi build

reports: $(READY)  ## the tables and a report for every region and year; open reports/index.html
	$(RUN)/minshi build --if-needed
	$(RUN)/minshi report --all

screenshots: reports  ## pictures of the index and of each kind of report in both languages, in docs/screenshots (needs Chromium)
	$(RUN)/minshi report --all --lang en
	$(RUN)/python benchmarks/screenshots.py

notebooks: tables  ## run the committed notebooks again, keep their outputs and show what changed
	$(RUN)/python -m minshi_analysis.reports.refresh

docs: $(READY)  ## the page of the tables, from the model, and the site of docs/ and the docstrings: build/site/index.html
	$(RUN)/python -m minshi_analysis.tables.codebook > docs/tables.md
	$(RUN)/python -m sphinx --quiet --fail-on-warning --keep-going docs build/site

lab: $(READY)  ## JupyterLab with the tutorial open (ARGS="--no-browser …" go to it)
	$(RUN)/minshi lab -- $(ARGS)

check: $(READY) lint  ## the fast tests, for every day
	$(RUN)/minshi build --if-needed
	$(RUN)/python -m pytest -q -n auto -m "not slow" tests

test: $(READY) lint  ## every test: unit, property, document, notebook, browser, docs
	$(RUN)/minshi build --if-needed
	$(RUN)/python -m pytest -q -n auto --nbval tests notebooks

lowest newest: $(READY)  ## the fast tests with the oldest, or the newest, versions that pyproject.toml allows
	$(PYTHON) -m venv --clear --without-pip .cache/versions/$@
	$(RUN)/uv pip install --quiet --python .cache/versions/$@/bin/python \
	  --resolution $(if $(filter lowest,$@),lowest-direct,highest) --editable '.[reports,lab,cluster,dev]'
	.cache/versions/$@/bin/minshi build --if-needed
	.cache/versions/$@/bin/python -m pytest -q -n auto -m "not slow" tests

versions: $(READY)  ## the fast tests with the locked versions on every Python of PYTHONS
	for python in $(PYTHONS); do \
	  own=.cache/versions/$$($$python -c 'import platform; print(platform.python_version())') && \
	  $$python -m venv --clear --without-pip $$own && \
	  $(RUN)/uv pip sync --quiet --python $$own/bin/python --require-hashes requirements.lock && \
	  $(RUN)/uv pip install --quiet --python $$own/bin/python --no-deps --no-build-isolation --editable . && \
	  $$own/bin/minshi build --if-needed && \
	  $$own/bin/python -m pytest -q -n auto -m "not slow" tests || exit 1; \
	done

lint: $(READY)  ## ruff and mypy; how a user's checker sees the package is in tests/test_types.py
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy

bench: $(READY)  ## reports through papermill, through this engine, and the floor, side by side
	$(RUN)/minshi build --if-needed
	$(RUN)/python benchmarks/reports.py

bench-reading: $(READY)  ## documents a second, BEFORE=another-checkout beside it (three minutes); FULL=1: formats, memory too (half an hour)
	$(RUN)/python benchmarks/beside.py $(BEFORE)
	$(if $(FULL),$(RUN)/python benchmarks/quantities.py)
	$(if $(FULL),$(RUN)/python benchmarks/readers.py)
	$(if $(FULL),$(RUN)/python benchmarks/memory.py)

bench-growth: $(READY)  ## seconds and memory of each reader from 1 to 16 times a size (two minutes)
	$(RUN)/python benchmarks/growth.py

scale: $(READY)  ## the country: made documents with known truth, and what each step costs a document (twenty minutes), BEFORE=another-checkout in turn (an hour); SIZES="125 250" for a short look
	$(RUN)/python benchmarks/scale.py $(SIZES) $(if $(BEFORE),--before $(BEFORE))
	$(RUN)/python benchmarks/country.py $(SIZES) $(if $(BEFORE),--before $(BEFORE))

fuzz: $(READY)  ## 2,000 broken files and 6,000 made documents through the readers, and the property tests with many more examples
	MINSHI_FUZZ=2000 $(RUN)/python -m pytest -q -n auto tests/fuzz tests/facts/test_made_documents.py
	HYPOTHESIS_PROFILE=long $(RUN)/python -m pytest -q -n auto tests/quantities tests/reading tests/metrics

sbom: $(READY)  ## what the project is made of, with hashes and licences: sbom.cdx.json (CycloneDX)
	$(RUN)/python .ci/supply.py licences
	$(RUN)/python .ci/supply.py sbom sbom.cdx.json

lock: $(READY)  ## resolve the dependencies of pyproject.toml again
	$(RUN)/uv pip compile --universal --no-header --no-annotate --generate-hashes --no-emit-index-url \
	  --extra reports --extra lab --extra cluster --extra dev --upgrade pyproject.toml -o requirements.lock

clean:  ## delete what was built (not the environment)
	rm -rf reports/* data/tables/parquet .pytest_cache .ruff_cache .hypothesis build dist
