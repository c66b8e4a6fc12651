# make demo    install the package into .venv and run `khabar demo`
# make notebooks   install JupyterLab into .venv-notebooks and open the first notebook
# make test    everything that must hold, in an environment of its own (.venv-test)
# make bench   speed of the normalizer beside other packages, in an environment of its own (.venv-bench), and of extraction: the
#              whole in Python, the shares of the rooms, each room alone (of your own reports, JSON lines with `text`:
#              make bench REPORTS=reports.jsonl)
# make instructions  the same in instructions of the processor, by callgrind
# make scores  score the gold data beside the checkout and record the figures as reached (tests/scores.toml)
# make confidence  measure how often claims are right and write lexicon/confidence.toml from it
# make engines the tests on Spark, Ray and Dask, which `make test` leaves out (in .venv-test; Spark needs Java)
# make package the wheel for manylinux2014 and the source archive, each installed and used where nothing else is
# make steps   whether any room's work grows faster than its input, by counting steps
# make fuzz    fuzz every target for some seconds: make fuzz SECONDS=60
# make deny    licences, advisories and sources of all crates, by cargo-deny
# make readme  write the README's result table anew from what the package finds now

PYTHON ?= python3
# Compiled for trying and testing (Cargo.toml): whoever installs the package gets the profile "release".
QUICK = MATURIN_PEP517_ARGS=--profile=demo
HOST = $(shell rustc -vV | sed -n 's/^host: //p')
TEST = .venv-test/bin

.PHONY: demo notebooks test engines package steps fuzz deny bench instructions scores confidence readme need browser java

demo: need
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	$(QUICK) .venv/bin/python -m pip install --quiet --disable-pip-version-check .
	.venv/bin/khabar demo

test: need browser
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo clippy --all-targets --features python,steps -- -D warnings
	cargo test --quiet
	@test -x $(TEST)/python || $(PYTHON) -m venv .venv-test
	$(QUICK) $(TEST)/python -m pip install --quiet --disable-pip-version-check '.[test]'
	$(TEST)/python -m pip install --quiet --disable-pip-version-check --no-deps -r tests/python/readers.txt
	$(TEST)/ruff check
	$(TEST)/ruff format --check
	$(TEST)/mypy
	$(TEST)/python -m mypy.stubtest khabar._khabar
	$(TEST)/python -m pytest
	$(TEST)/python -m pytest --nbmake notebooks
	@# Not --quiet: that hides the warnings from --strict too.
	NO_MKDOCS_2_WARNING=1 $(TEST)/mkdocs build --strict --site-dir "$$(mktemp -d)"

# The first notebook in a browser, in an environment of its own.
notebooks: need
	@test -x .venv-notebooks/bin/python || $(PYTHON) -m venv .venv-notebooks
	$(QUICK) .venv-notebooks/bin/python -m pip install --quiet --disable-pip-version-check '.[notebooks]'
	.venv-notebooks/bin/jupyter lab notebooks/01_first_tables.ipynb

engines: need java
	@test -x $(TEST)/python || $(PYTHON) -m venv .venv-test
	$(QUICK) $(TEST)/python -m pip install --quiet --disable-pip-version-check '.[test,engines]'
	$(TEST)/python -m pytest -m slow

package: need
	@test -x $(TEST)/python || $(PYTHON) -m venv .venv-test
	$(TEST)/python -m pip install --quiet --disable-pip-version-check 'maturin[zig]>=1.9,<2'
	$(TEST)/python tests/packaging/check.py target/package

# A call at every edge of the control flow, which the test receives; --target keeps it out of build scripts and macros.
steps: need
	RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=3 -Cllvm-args=-sanitizer-coverage-trace-pc-guard" \
		cargo test --quiet --profile steps --target $(HOST) --target-dir target/steps --features steps --test linear

SECONDS ?= 20
FUZZED = target/fuzz

fuzz: need
	$(PYTHON) fuzz/corpus.py unpack $(FUZZED)/corpus
	cd fuzz && cargo build --quiet --release --target $(HOST)
	@for target in normalize figures extract lexicon rules; do \
		fuzz/target/$(HOST)/release/$$target -max_total_time=$(SECONDS) -max_len=600 -artifact_prefix=$(FUZZED)/$$target- \
			$(FUZZED)/corpus/$$target 2>$(FUZZED)/$$target.log \
			|| { tail -n 40 $(FUZZED)/$$target.log; exit 1; }; \
		echo "$$target: $$(tail -n 1 $(FUZZED)/$$target.log)"; \
	done

deny: need
	@cargo deny --version >/dev/null 2>&1 || cargo install --quiet --locked cargo-deny
	cargo deny check

# pyarabic is GPL: it is compared with here, and nothing depends on it. camel-tools' models are not needed for its functions.
bench: need
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check .
	-.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check arabic-norm arabic-normalize pyarabic six future emoji docopt
	-.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps camel-tools
	.venv-bench/bin/python benches/normalize.py
	.venv-bench/bin/python benches/pipeline.py $(REPORTS)
	cargo bench --quiet --bench extract -- $(REPORTS)
	REPORTS=$(REPORTS) cargo bench --quiet --bench speed

instructions: need
	@command -v valgrind >/dev/null || { echo "callgrind counts them; on Debian: apt-get install valgrind"; exit 1; }
	$(PYTHON) benches/instructions.py $(REPORTS)

confidence: need
	@test -x $(TEST)/python || $(PYTHON) -m venv .venv-test
	$(QUICK) $(TEST)/python -m pip install --quiet --disable-pip-version-check '.[test]'
	$(TEST)/python tests/calibrate.py

scores: need
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check .
	.venv/bin/python tests/scores.py --record

readme: need
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check .
	.venv/bin/python docs/readme.py

# What the views are looked at with. A machine's owner installs it; a container of root's is given Debian's.
browser:
	@test -n "$$CHROMIUM" || which chromium chromium-browser google-chrome 2>/dev/null | grep -q . || \
		{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq \
			&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null; } || \
		{ echo "the tests of the views need chromium and an Arabic font; on Debian: apt-get install chromium fonts-noto-core"; exit 1; }

# Spark runs on it.
java:
	@test -n "$$JAVA_HOME" || command -v java >/dev/null || \
		{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq \
			&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null; } || \
		{ echo "the tests on Spark need Java 17 or newer; on Debian: apt-get install openjdk-17-jre-headless"; exit 1; }

need:
	@command -v $(PYTHON) >/dev/null && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "khabar needs Python 3.11 or newer; set it with: make PYTHON=python3.12"; exit 1; }
	@command -v cargo >/dev/null || { echo "khabar is built with cargo (Rust 1.88 or newer), which is not installed"; exit 1; }
