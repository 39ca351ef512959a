# Teamhub. `make run` starts it with the demo municipality; `make test` runs every check there is.
# Written for GNU make 3.81 and later, and for any POSIX shell.

PYTHON ?= python3
HOST   ?= 127.0.0.1
PORT   ?= 8000
SIZE   ?= small
ARGS   ?=

VENV   = .venv
PY     = $(VENV)/bin/python
FLASK  = $(PY) -m flask
BABEL  = $(PY) -m babel.messages.frontend
UV     = $(VENV)/lock/bin/uv

# The last word on where a thing stands: touched when the step before it succeeded.
MADE   = $(VENV)/.made
RUN    = $(VENV)/.run-installed
DEV    = $(VENV)/.dev-installed

LANGUAGES = nn en
CATALOGS  = $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))

# What the shell already has wins: TEAMHUB_ENV=production make run.
LOCALLY = TEAMHUB_ENV="$${TEAMHUB_ENV:-development}" TEAMHUB_DEMO="$${TEAMHUB_DEMO:-1}"

.PHONY: help run test lint format bench demo lock translations clean

help:
	@echo 'make run            start Teamhub with demo data   [PORT=8000] [HOST=127.0.0.1]'
	@echo 'make test           every check                    [ARGS="-k name"]'
	@echo 'make lint           style, types, import rules, templates'
	@echo 'make format         let ruff lay out the Python files'
	@echo 'make bench          measure speed                  [ARGS=...]'
	@echo 'make demo           load the demo municipality     [SIZE=small|full|large]'
	@echo 'make translations   collect texts into translations/'
	@echo 'make lock           pin the dependencies           [ARGS=--upgrade]'
	@echo 'make clean          remove all that can be made again; instance/ stays'

run: $(RUN) $(CATALOGS)
	@$(LOCALLY) $(FLASK) db upgrade
	@$(LOCALLY) $(FLASK) demo load --size small --if-empty
	@$(LOCALLY) exec $(FLASK) serve --host "$(HOST)" --port "$(PORT)"

test: $(DEV) $(CATALOGS)
	@$(PY) -m tools.check test $(ARGS)

lint: $(DEV)
	@$(PY) -m tools.check lint

format: $(DEV)
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

bench: $(DEV) $(CATALOGS)
	@test -f tools/bench.py || { echo 'There is nothing to measure with yet: tools/bench.py is missing.' >&2; exit 1; }
	@$(PY) -m tools.bench $(ARGS)

demo: $(RUN) $(CATALOGS)
	@$(LOCALLY) $(FLASK) db upgrade
	@$(LOCALLY) $(FLASK) demo load --size "$(SIZE)" $(ARGS)

# -- the environment ---------------------------------------------------------------------------------

$(MADE):
	@for python in "$(PYTHON)" python3.14 python3.13 python3.12 python3.11; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	  "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || { \
	    echo "$$python cannot make virtual environments. On Debian and Ubuntu, this mends it:" >&2; \
	    echo '    sudo apt-get install -y python3-venv' >&2; \
	    exit 1; }; \
	  echo "Making $(VENV) with $$("$$python" --version)"; \
	  "$$python" -m venv $(VENV) && touch $@; \
	  exit $$?; \
	done; \
	echo 'Teamhub needs Python 3.11 or later; none was found.' >&2; \
	echo 'Say where it is: make run PYTHON=/path/to/python3' >&2; \
	exit 1

$(RUN): requirements.txt $(MADE)
	@$(call install,requirements.txt)
	@touch $@

$(DEV): requirements-dev.txt $(RUN)
	@$(call install,requirements-dev.txt)
	@touch $@

# uv is quicker, but does not read pip's settings (mirrors, proxies): pip has the last try.
define install
echo "Installing $(1)"; \
{ command -v uv >/dev/null 2>&1 && uv pip install --quiet --python $(PY) --require-hashes -r $(1); } || \
$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
endef

%.mo: %.po | $(RUN)
	@$(BABEL) --quiet compile --input-file $< --output-file $@

# -- upkeep ------------------------------------------------------------------------------------------

# The texts in the code are bokmål and need no catalogue.
translations: $(RUN)
	@mkdir -p translations
	@$(BABEL) --quiet extract --mapping-file babel.cfg --keyword _l --keyword _n:1,2 --keyword lazy_gettext \
	  --add-location file --sort-by-file --no-wrap --project Teamhub --output-file translations/messages.pot .
	@for language in $(LANGUAGES); do \
	  if test -f "translations/$$language/LC_MESSAGES/messages.po"; \
	  then task='update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date'; else task=init; fi; \
	  $(BABEL) --quiet $$task --no-wrap --input-file translations/messages.pot --output-dir translations \
	    --locale "$$language" || exit 1; \
	done

# One lock for every system and Python; it names no address, so each site's own settings apply.
lock: $(MADE)
	@command -v uv >/dev/null 2>&1 || test -x $(UV) || \
	  { $(PY) -m venv $(VENV)/lock && $(UV:uv=python) -m pip install --quiet --disable-pip-version-check uv; }
	@uv=$$(command -v uv || echo $(UV)); \
	for name in requirements requirements-dev; do \
	  "$$uv" pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	    --custom-compile-command 'make lock' $(ARGS) $$name.in --output-file $$name.txt || exit 1; \
	done
	@if grep -nE '[a-z]://' requirements.txt requirements-dev.txt; then \
	  echo 'An address has slipped into a lock file (above).' >&2; exit 1; fi

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache screenshots test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f translations/messages.pot translations/*/LC_MESSAGES/*.mo
