# Coolhead: `make call` takes a call, `make test` runs the whole suite, `make demo` lets you hear one.
# Everything is installed under this folder (.tools, .venv); the second run needs no network.

UV_VERSION := 0.13.9
PYTHON ?= python3
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv
# Else every start compiles half of its libraries anew where Python may not write (PYTHONDONTWRITEBYTECODE, a shared folder).
export UV_COMPILE_BYTECODE := 1
# A company's proxy signs with a certificate that only the machine knows; pip trusts those of the machine by itself.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt),)
export UV_SYSTEM_CERTS := true
endif
UV := .tools/bin/uv
LOCK := pyproject.toml uv.lock

.PHONY: call test demo setup lint bundle clean portaudio
.DEFAULT_GOAL := help

help:
	@echo "make call    take a call from an angry customer (by keyboard when there is no sound device)"
	@echo "make test    run the whole test suite"
	@echo "make demo    hear a whole spoken call without any sound device"
	@echo "make lint    ruff, mypy, import-linter"
	@echo "make bundle  make a folder from which a machine without network installs"

call: .venv/.ready portaudio
	@.venv/bin/coolhead call $(ARGS)

demo: .venv/.ready
	@.venv/bin/coolhead demo $(ARGS)

test: .venv/.ready-dev portaudio
	@.venv/bin/pytest -n $(or $(WORKERS),2) --dist loadgroup $(ARGS)

setup: .venv/.ready portaudio

lint: .venv/.ready-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

# uv, pinned, from PyPI, in a virtual environment of its own.
$(UV): Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Coolhead needs Python 3.11 or newer; $(PYTHON) is older."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python's venv module is missing: install it (Debian: apt-get install python3-venv) and run this again."; exit 1; }
	@$(PYTHON) -m venv .tools
	@.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

# The stamps live inside .venv, so that they go when it goes.
.venv/.ready: $(UV) $(LOCK)
	@$(UV) sync --frozen --inexact --no-default-groups --extra espeak --quiet
	@touch $@

.venv/.ready-dev: $(UV) $(LOCK)
	@$(UV) sync --frozen --inexact --group dev --extra espeak --quiet
	@touch $@ .venv/.ready

# Linux wheels of sounddevice do not bring PortAudio. Without it the call is by keyboard.
portaudio:
	@[ "$$(uname -s)" = Linux ] || exit 0; \
	$(PYTHON) -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("portaudio"))' 2>/dev/null && exit 0; \
	if command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then \
	  SUDO=; [ "$$(id -u)" = 0 ] || SUDO="sudo -n"; \
	  $$SUDO apt-get install -qq -y --no-install-recommends libportaudio2 >/dev/null 2>&1 \
	  || { $$SUDO apt-get update -qq >/dev/null 2>&1 && $$SUDO apt-get install -qq -y --no-install-recommends libportaudio2 >/dev/null 2>&1; } && exit 0; \
	fi; \
	echo "PortAudio (libportaudio2) is missing and could not be installed from here: calls will be by keyboard until it is."

# A folder with every wheel for this machine's kind and Python: copy it over and run its install script.
bundle: $(UV) $(LOCK)
	@rm -rf bundle && mkdir -p bundle/wheels
	@$(UV) export --frozen --no-default-groups --extra espeak --no-emit-project --quiet -o bundle/requirements.txt
	@.tools/bin/pip wheel --quiet --disable-pip-version-check --require-hashes --no-deps -r bundle/requirements.txt -w bundle/wheels
	@$(UV) build --wheel --quiet -o bundle/wheels
	@cp docs/bundle-install.sh bundle/install.sh && chmod +x bundle/install.sh
	@echo "bundle/ is ready ($$(du -sh bundle | cut -f1)): copy it to the other machine and run bundle/install.sh there."

clean:
	rm -rf .venv .tools bundle dist
