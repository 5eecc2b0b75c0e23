# gongshi: two commands do everything, `make serve` and `make test`. `make` alone lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# What Python has compiled is kept, whatever the shell says: the tests begin some hundred processes, each of half a thousand modules.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
ROOT   ?= .
PORT   ?= 8001
JOBS   ?= 4

.PHONY: help setup setup-dev browser serve build schedule check style types rooms test soak articles screenshots bench bench-million bench-search lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# Debian's packages: installed where we may, otherwise said exactly.
define debian
	if [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) >/dev/null; \
	elif sudo -n true 2>/dev/null; then sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) >/dev/null; \
	else echo "Missing Debian packages. As root, run:  apt-get update && apt-get install -y --no-install-recommends $(1)" >&2; exit 1; fi
endef

# Programs without their services: a test needs nginx's, a benchmark Hugo's. Unpacked below .venv.
define unpack
	mkdir -p $(VENV)/$(1) && cd $(VENV)/$(1) && { apt-get download -qq $(2) 2>/dev/null || { test "$$(id -u)" = 0 && apt-get update -qq && apt-get download -qq $(2) 2>/dev/null; } \
	|| { echo "$(1) is missing: apt-get install $(1)" >&2; exit 1; }; } && for package in *.deb; do dpkg-deb -x $$package .; done
endef

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing; on Debian 12:" >&2; $(call debian,python3.11 python3.11-venv); }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { $(call debian,python3.11-venv); }
	@echo "Making $(VENV) ..." && $(PYTHON) -m venv $(VENV)

define install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/$(1).txt && \
	{ $(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true; } && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2>/dev/null
endef

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing what gongshi needs to run (requirements/run.txt) ..."
	@$(call install,run)
	@touch $@

# dev.txt names all that run.txt does, in the same versions (tests/test_requirements.py): installed at once.
$(VENV)/.dev: requirements/dev.txt requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing what gongshi and its tests need (requirements/dev.txt) ..."
	@$(call install,dev)
	@touch $(VENV)/.run $@

setup: $(VENV)/.run ## make .venv with what gongshi needs to run

setup-dev: $(VENV)/.dev ## make .venv with what the tests need, too

browser: ## see that what the tests ask for is there: Chromium, Chinese fonts, nginx, systemd-analyze (Debian: installs it)
	@command -v chromium >/dev/null || { echo "Installing Chromium ..."; $(call debian,chromium); }
	@{ command -v fc-list >/dev/null && fc-list :lang=zh | grep -q .; } || { echo "Installing Chinese fonts ..."; $(call debian,fontconfig fonts-noto-cjk); }
	@ls /usr/lib/*/libatomic.so.1 /usr/lib64/libatomic.so.1 2>/dev/null | grep -q . || { echo "Installing what Playwright's driver links to ..."; $(call debian,libatomic1); }
	@PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null || test -x $(VENV)/nginx/usr/sbin/nginx || { echo "Unpacking nginx (not installed: it would start to serve) ..."; $(call unpack,nginx,nginx nginx-common); }
	@command -v systemd-analyze >/dev/null || { echo "Installing systemd-analyze ..."; $(call debian,systemd); }

# The sample city has a past (python -m gongshi.sample.city): on a new store its days are lived through first.
define past
	test -e $(ROOT)/data/store.db || cat $(ROOT)/data/submissions/*/.days 2>/dev/null | while read -r day; do \
	  echo "示例城市：先更新到 $$day ……"; $(BIN)/gongshi rebuild --root $(ROOT) --today $$day >/dev/null 2>&1 || true; \
	  $(BIN)/gongshi sample --reviews $(ROOT) --today $$day >/dev/null || true; done
endef

serve: setup ## take in the sample data, build, serve site and search on http://127.0.0.1:8001/
	@$(past)
	@$(BIN)/gongshi rebuild --root $(ROOT) || echo "上面的问题需要处理；其余内容照常提供。"
	@$(BIN)/gongshi serve --root $(ROOT) --port $(PORT)

build: setup ## take in what was submitted and build the site, without serving it
	@$(past)
	@$(BIN)/gongshi rebuild --root $(ROOT)

schedule: setup ## show what to install so that the site is rebuilt every ten minutes and served by nginx
	@$(BIN)/python deploy/schedule.py --root $(ROOT) --program $(BIN)/gongshi

check: setup-dev ## style, types and who may import whom
	@$(MAKE) --no-print-directory -j 2 --output-sync=target types style rooms

style: setup-dev ## of check: ruff
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . && echo "ruff: ok"

types: setup-dev ## of check: mypy
	@$(BIN)/mypy gongshi

rooms: setup-dev ## of check: import-linter
	@$(BIN)/lint-imports

test: setup-dev browser check ## everything: checks and every test, Chromium included
	@$(BIN)/python -m compileall -q -j 0 gongshi plugins
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

soak: setup-dev browser ## 300 kills of a rebuild, 40 of a file of 2 GB on its way into the vault, 100 random histories, a city of 1,000,000: each held against one made from nothing (the million alone some two hours, 60 GB); every page in every look
	@$(BIN)/python -m pytest -s tests/soak/soak_killed.py tests/soak/soak_vault.py tests/soak/soak_histories.py tests/soak/soak_pages.py
	@GONGSHI_DECISIONS=1000000 $(BIN)/python -m pytest -s tests/whole/test_large.py

articles: setup-dev browser ## which rows of the regulation have passing tests
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder --articles

screenshots: setup-dev browser ## pictures of the pages, in build/screenshots
	@GONGSHI_PICTURES=1 $(BIN)/python -m pytest tests/pages

bench: setup-dev $(VENV)/hugo ## measure at 10,000 and 100,000 decisions: ratios against a floor or a peer, in bench/results
	@$(BIN)/python -m bench.names
	@$(BIN)/python -m bench.run 10000 100000

bench-million: setup-dev ## the same at 1,000,000 decisions, without the audit: some 50 minutes, 25 GB in the folder for temporary files
	@$(BIN)/python -m bench.run 1000000 --name=-million --without audit

bench-search: setup-dev ## how well the search finds what 261 judged queries want, beside SQLite's own indexes and LIKE
	@$(BIN)/python -m bench.search_quality

$(VENV)/hugo: | $(BIN)/python
	@command -v hugo >/dev/null || { echo "Unpacking Hugo (a peer to measure against) ..."; $(call unpack,hugo,hugo libsass1 libwebp7); }
	@mkdir -p $@

lock: setup-dev ## pin and hash requirements/*.in anew
	@$(BIN)/python -m pip install --quiet pip-tools
	@for name in run dev; do $(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
	  --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements/$$name.txt requirements/$$name.in; done

clean: ## delete build/, which can always be made again
	@rm -rf build
