# The four commands: make up | make test | make check | make bench. Each sets up what it needs.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help up test check bench pins env dev system-packages messages

export UV_PYTHON_DOWNLOADS := never
export PYTHONDONTWRITEBYTECODE := 1

# Some Python bootstraps uv; uv then finds 3.13 by .python-version, or is given the path of a 3.12.
PYTHON := $(shell scripts/find-python)
UV := .tools/bin/uv

help:
	@echo "make up     the demo mall on this machine (Ctrl-C stops it)"
	@echo "make test   every test, from unit to browser"
	@echo "make check  ruff, mypy, import contracts, migrations, templates"
	@echo "make bench  the figures of docs/performance.md"

up: .venv/.base .voice/.made
	@.venv/bin/pendopo up --demo

test: .venv/.dev .voice/.made system-packages messages
	@scripts/test

check: .venv/.dev messages
	@scripts/check

bench: .venv/.dev messages
	@.venv/bin/python -m bench

env: .venv/.base messages
dev: .venv/.dev messages

messages: .venv/.base
	@.venv/bin/python scripts/messages.py compile

system-packages:
	@scripts/system-packages

$(UV): requirements/uv.txt
	@test -n "$(PYTHON)" || { echo "Pendopo needs Python 3.12 or newer. Debian: apt-get install python3 python3-venv"; exit 1; }
	@"$(PYTHON)" -m venv .tools
	@.tools/bin/python -m pip install --quiet --require-hashes -r requirements/uv.txt
	@touch $(UV)

.venv/bin/python: $(UV)
	@UV_PYTHON="$${UV_PYTHON:-$(PYTHON)}" $(UV) venv --quiet --allow-existing .venv

.venv/.base: .venv/bin/python requirements/base.txt pyproject.toml
	@test -e .venv/.dev || $(UV) pip sync --quiet --require-hashes requirements/base.txt
	@test ! -e .venv/.dev || $(UV) pip sync --quiet --require-hashes requirements/dev.txt
	@scripts/link
	@.venv/bin/python scripts/messages.py compile
	@touch .venv/.base

.venv/.dev: .venv/bin/python requirements/dev.txt pyproject.toml
	@$(UV) pip sync --quiet --require-hashes requirements/dev.txt
	@scripts/link
	@touch .venv/.dev .venv/.base

# The voice of the demo (GPL) has an environment of its own. Where it cannot be had, boards chime and flash.
.voice/.made: .venv/bin/python requirements/voice.txt
	@$(UV) venv --quiet --allow-existing --python .venv/bin/python .voice && \
	  $(UV) pip sync --quiet --require-hashes --python .voice/bin/python requirements/voice.txt && \
	  touch .voice/.made || echo "Tanpa suara / without a voice: papan berbunyi dan berkedip / boards chime and flash."

# Renew the pins: no registry's address is stored.
PIN := pip compile --quiet --upgrade --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make pins"
pins: $(UV)
	$(UV) $(PIN) requirements/uv.in -o requirements/uv.txt
	$(UV) $(PIN) pyproject.toml -o requirements/base.txt
	$(UV) $(PIN) --group dev pyproject.toml -o requirements/dev.txt
	$(UV) $(PIN) requirements/voice.in -o requirements/voice.txt
