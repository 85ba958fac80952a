# Short habits over `xinqiao` and the test runner. Each target installs what it needs first.
RUN = .venv/bin

.PHONY: help install demo test bench docs clean

help:
	@echo "make demo    bring up the demonstration office on http://127.0.0.1:8000"
	@echo "make test    run every check and test"
	@echo "make bench   measure, as ratios to a floor of the same run"
	@echo "make docs    build the documentation into docs/_build/html"
	@echo "make clean   remove what was installed here (the office in ./var stays)"

install:
	@tools/python tools/bootstrap.py runtime

demo: install
	@$(RUN)/xinqiao demo $(DEMO)

test:
	@tools/python tools/bootstrap.py dev
	@tools/python tools/browser.py
	@$(RUN)/python tools/check.py $(T)

bench:
	@tools/python tools/bootstrap.py dev
	@$(RUN)/python -m bench $(B)

docs:
	@tools/python tools/bootstrap.py dev
	@$(RUN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

clean:
	rm -rf docs/_build .venv .venv.lock .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
