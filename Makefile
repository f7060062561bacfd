# 随申学堂: `make run` and `make test` set themselves up; they need Python ≥ 3.11 and a package index.
PY := .venv/bin/python
WORKERS ?= auto
PYTEST := $(PY) -m pytest -n $(WORKERS)
SOURCES := manage.py cms courses handbook tests

.DEFAULT_GOAL := help
.PHONY: help run test test-sqlite test-postgres coverage lint fmt bench storm lock install install-dev clean

help: ## 列出所有命令
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: install ## 安装、建库、装入演示内容，然后开站（PORT=8001 make run 换端口）
	@exec $(PY) manage.py up

test: test-sqlite test-postgres ## 全部测试：先 SQLite，再 PostgreSQL + Valkey 上碰数据库的（ARGS="-k 步骤" 可加参数）

test-sqlite: install-dev ## 全部测试，SQLite
	$(PYTEST) --services=sqlite $(COVERAGE) $(ARGS)

# Asks no database, or asks it only through a browser: once, on SQLite, is enough.
ONCE := $(foreach part,journeys architecture cms/screens cms/checking courses/rules,--ignore=tests/$(part))

test-postgres: install-dev ## 碰数据库的全部测试，PostgreSQL + Valkey
	$(PYTEST) --services=postgres $(ONCE) $(ARGS)

coverage: ## 全部测试（SQLite），并要求覆盖率 95% 以上
	$(MAKE) test-sqlite COVERAGE="--cov --cov-report=term:skip-covered --cov-fail-under=95"

lint: install-dev ## 检查格式、类型、层次、模板、迁移
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m djlint --lint --check cms courses handbook
	$(PY) -m mypy
	.venv/bin/lint-imports --no-cache
	@mkdir -p var
	$(PY) manage.py makemigrations --check --dry-run --verbosity 1

fmt: install-dev ## 整理格式
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	-$(PY) -m djlint --quiet --reformat cms courses handbook

bench: install-dev ## 量一量：各页面的 CPU 时间和查询数，与空白 Django 视图并排；报名一秒几个；看板和点名；编辑器打开长课要多久
	$(PY) -m tests.benchmarks.bench

storm: install-dev ## 两千人同时抢三百个座位，中途杀进程：一个不多，一个不丢（ARGS=postgres 换数据库）
	$(PY) -m tests.benchmarks.storm $(ARGS)

lock: ## 从 *.in 重新锁定依赖（要有 uv）
	uv pip compile --quiet --no-header --no-strip-extras --generate-hashes --universal --python-version 3.11 \
		--no-emit-index-url --no-emit-find-links requirements.in --output-file requirements.txt
	uv pip compile --quiet --no-header --no-strip-extras --generate-hashes --universal --python-version 3.11 \
		--no-emit-index-url --no-emit-find-links requirements-dev.in --output-file requirements-dev.txt

install:
	@sh deploy/install.sh requirements.txt

install-dev:
	@sh deploy/install.sh requirements-dev.txt

clean: ## 删掉 .venv 和缓存（数据在 var/、media/，不动）
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage* .hypothesis
