# Gongkai 公开。所有命令见 make help。
SHELL := /bin/bash
.DEFAULT_GOAL := help
export PYTHON
# Containers often say so; every process would translate all of the code anew, each time it starts.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin

.PHONY: help
help: ## 列出全部命令
	@echo '用法：make <命令>'
	@echo
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | while IFS=$$'\t' read -r name text; do \
		printf '  make %-14s %s\n' "$$name" "$$text"; done
	@echo
	@echo '环境变量：PORT 端口（默认 8000），GONGKAI_DATA 数据目录（默认 var），PYTHON 所用的 Python（3.11 以上）'

.PHONY: runtime
runtime:
	@scripts/system-packages run
	@scripts/environment runtime

.PHONY: dev
dev:
	@scripts/environment dev

.PHONY: run
run: runtime ## 启动演示城市：网站与后台任务，按 Ctrl-C 停止
	@exec $(BIN)/gongkai serve --prepare

.PHONY: test
test: dev ## 全部检查与测试：先 SQLite，再在 PostgreSQL 上测与数据库有关的（自动启动临时数据库）
	@scripts/system-packages test
	@exec $(BIN)/python scripts/test

.PHONY: test-sqlite
test-sqlite: dev ## 只在 SQLite 上测试
	@scripts/system-packages test
	@exec $(BIN)/python scripts/test sqlite

.PHONY: test-postgres
test-postgres: dev ## 只在 PostgreSQL 上测试，与数据库无关的也测
	@scripts/system-packages test
	@exec $(BIN)/python scripts/test postgres-all

.PHONY: lint
lint: dev ## 代码格式、类型、依赖方向与文档检查
	@exec $(BIN)/python scripts/test lint

.PHONY: bench
bench: dev ## 性能测量，结果写入 docs/bench*.md（数小时）
	@scripts/system-packages bench
	@exec $(BIN)/python -m tests.bench

.PHONY: docs
docs: dev ## 由代码重新生成 docs 中的表格与流程图
	@exec $(BIN)/gongkai docs

.PHONY: screenshots
screenshots: dev ## 由运行中的演示城市拍摄 README 所用的截图
	@scripts/system-packages screenshots
	@exec $(BIN)/python scripts/screenshots

.PHONY: demo
demo: runtime ## 清空演示数据，重新建立演示城市
	@$(BIN)/gongkai migrate
	@exec $(BIN)/gongkai demo --reset

.PHONY: clean
clean: ## 删除运行环境与生成的文件（不删除 var 中的数据）
	rm -rf .venv .tools build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis tests/bench/out
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
