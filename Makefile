# Every target does its own set-up (.ci/setup), so that a new machine needs Rust and nothing else.
#
# `run` and `test` share the development profile: it builds in half the time of a release build, its hot
# dependencies are optimised all the same (see Cargo.toml). One package has fewer features than the whole
# workspace, so the first `run` after a `test` compiles some crates again. To deploy, use what
# `make release` builds.

CARGO ?= cargo
PYTHON ?= python3
NPM ?= npm
VENV := tests/.venv
# napalm-amt wants other versions of what the others use.
VENV_AMT := tests/.venv-napalm-amt
NODE := tests/.npm
WINRM := tests/.winrm-rs
MESHCENTRAL := 1.1.55
TARGET := $(or $(CARGO_TARGET_DIR),$(CURDIR)/target)
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test storm generate bench release clients setup-build setup-test

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: setup-build ## build, and serve a small demonstration cloud on loopback (more options: ARGS="...")
	$(CARGO) run --package cli --bin cimi-bridge -- serve --demo $(ARGS)

test: clients ## everything that CI runs: formatting, clippy, every test, real clients
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings
	CIMI_BRIDGE=$(TARGET)/debug/cimi-bridge $(CARGO) test --workspace

storm: release ## the long tests: a thousand times `kill -9` in the middle of everything (KILLS="20"), a million events (EVENTS="20000"), chains
	CIMI_BRIDGE_STORM_KILLS=$(or $(KILLS),1000) $(CARGO) test --package provider --lib -- --exact embedded::tests::crash::nothing_acknowledged_is_lost --nocapture
	CIMI_BRIDGE=$(TARGET)/release/cimi-bridge CIMI_BRIDGE_STORM_EVENTS=$(or $(EVENTS),1000000) $(CARGO) test --package integration-tests -- wsman_events_storm:: --nocapture --test-threads 1
	$(CARGO) test --package chain-tests

generate: setup-build ## write Rust tables, structs and XSDs again from mof/
	$(CARGO) run --package cli --bin cimi-bridge -- codegen

bench: setup-build ## CPU for each request, beside the budgets
	$(CARGO) build --release --package cli --package benches
	$(TARGET)/release/load $(ARGS)

release: setup-build ## the binary to deploy, target/release/cimi-bridge
	$(CARGO) build --release --package cli

setup-build:
	@.ci/setup build

setup-test:
	@.ci/setup test

# With `make --jobs 4 clients` all at the same time.
clients: $(VENV)/.ready $(VENV_AMT)/.ready $(NODE)/.ready $(WINRM)/.ready

# The real clients, with pinned versions. Made again when the pins change.
$(VENV)/.ready: tests/requirements.txt | setup-test
$(VENV_AMT)/.ready: tests/requirements-napalm-amt.txt | setup-test
$(VENV)/.ready $(VENV_AMT)/.ready:
	@test -x $(@D)/bin/pip || $(PYTHON) -m venv $(@D) || virtualenv --python $(PYTHON) $(@D)
	$(@D)/bin/pip install --quiet --disable-pip-version-check --prefer-binary --requirement $<
	@touch $@

# MeshCentral is large and only its WS-Management stack is wanted, so its package is unpacked and not installed.
$(NODE)/.ready: tests/package.json tests/package-lock.json | setup-test
	@mkdir -p $(NODE)/meshcentral
	cp tests/package.json tests/package-lock.json $(NODE)/
	cd $(NODE) && $(NPM) ci --silent --no-audit --no-fund --ignore-scripts
	cd $(NODE) && test -f meshcentral-$(MESHCENTRAL).tgz || $(NPM) pack --silent meshcentral@$(MESHCENTRAL)
	tar -xzf $(NODE)/meshcentral-$(MESHCENTRAL).tgz -C $(NODE)/meshcentral --strip-components 1 package/amt
	@touch $@

# A crate, whose program is built here so that no test waits for it. Cargo has jobs of its own.
$(WINRM)/.ready: tests/clients/winrm-rs/Cargo.toml tests/clients/winrm-rs/Cargo.lock tests/clients/winrm-rs/src/main.rs | setup-test
	cd tests/clients/winrm-rs && env -u MAKEFLAGS -u MFLAGS $(CARGO) build --quiet --locked --target-dir $(CURDIR)/$(WINRM)
	@touch $@
