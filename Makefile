## 抖店保证金追回指南：常用命令

PYTHON := $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
PORT ?= 8000
# Tests wait for browsers and servers a good part of their time: half as many again as there are cores.
WORKERS := $(shell expr \( $$(nproc) \* 3 + 1 \) / 2)
# A file of tests stays together, for what its tests share; the order is that of tests/conftest.py, longest first.
SPREAD = -n $(WORKERS) --dist loadfile --no-loadscope-reorder
# Every Python that is started from here, in whatever folder, measures itself and writes to one place.
MEASURED = COVERAGE_FILE=$(CURDIR)/.build/coverage/data COVERAGE_PROCESS_START=$(CURDIR)/pyproject.toml $(PY)
# The address of the deployed site, for canonical links; empty for a look at home.
export SITE_URL ?=

.DEFAULT_GOAL := help
.PHONY: looks coverage help site serve pdf zip check test slugs share-pictures bench bench-tools bench-check bench-site bench-growth format clean setup setup-test pack sbom audit release canary

##   make site    准备环境，生成网站到 site/
site: setup
	@$(PY) scripts/build.py

##   make zip     生成网站，再打成解开就能看的压缩包，在 build/
zip: site
	@$(PY) scripts/offline_zip.py

##   make serve   生成并在本机预览（换端口：make serve PORT=8001）
serve: site
	@$(PY) scripts/serve.py --port $(PORT)

##   make pack    把 site/ 打成部署用的包 dist/：压缩好，有校验和（scripts/deploy.py 用它）
pack: site
	@$(PY) scripts/pack.py

##   make sbom    列出用到的软件和许可：build/sbom.cdx.json（CycloneDX）、build/THIRD-PARTY.md
sbom: setup-test
	@$(PY) scripts/sbom.py

##   make audit   查锁定的软件包有没有已知的漏洞（要联网；查不成也算没有通过）
audit: setup-test
	@$(PY) scripts/audit.py

##   make release  从干净的工作区做出要发布的文件，在 build/release/（TAG=1 还打标签，不推送）
release: setup-test
	@$(PY) scripts/release.py $(if $(TAG),--tag)

##   make check   检查源文件、代码风格和生成好的网站
check: setup-test
	@$(PY) scripts/build.py > /dev/null
	@$(PY) -m ruff check --quiet scripts tests
	@$(PY) -m ruff format --check --quiet scripts tests
	@$(PY) scripts/check.py sources
	@$(PY) scripts/check.py site site --own

##   make test    准备环境，运行 make check 和全部测试
test: check
	@$(PY) -m pytest -q $(SPREAD)

##   make coverage  全部测试跑到了 scripts/ 的多少行和分支（子进程也算；不到 pyproject.toml 的 fail_under 就失败）
coverage: check
	@rm -rf .build/coverage && mkdir -p .build/coverage
	@$(MEASURED) -m coverage run --source=scripts -m pytest -q $(SPREAD)
	@$(MEASURED) -m coverage combine --quiet
	@$(MEASURED) -m coverage report

##   make slugs   把新页面的地址记进 data/slugs.txt
slugs: setup
	@$(PY) scripts/slugs.py

##   make share-pictures  重画图标和分享图（标题、说明或颜色改了以后）
share-pictures: setup-test
	@$(PY) scripts/share_pictures.py

##   make pdf     印成 PDF，放在 build/pdf/：全站一个，每篇指南一个
pdf: setup-test site
	@$(PY) scripts/pdf.py

##   make looks   重拍十二张首屏的样子（tests/data/looks/），看过再提交
looks: setup-test site
	@LOOKS=anew $(PY) -m pytest -q tests/test_looks.py

##   make bench   量一量：生成、检查的时间和首次访问的字节数
bench: setup-test site
	@$(PY) scripts/bench.py

##   make bench-tools  量一量：工具的每次操作要等多久（ROUNDS= 走几遍）
bench-tools: setup-test site
	@$(PY) scripts/bench_tools.py --rounds $(or $(ROUNDS),3)

##   make bench-check  检查网站的工具，和 lychee、LinkChecker 比（DIRS= 再加别的目录）
bench-check: setup-test site
	@test -x .bench/bin/lychee || { $(PYTHON) -m venv .bench && .bench/bin/python -m pip install --quiet --require-hashes --no-deps -r requirements-bench.txt; }
	@$(PY) scripts/bench_check.py --diff $(DIRS)

##   make bench-site  同样的页面，和 mkdocs-material、Zensical、VitePress、Starlight 比（RUNS= 量几次；TYPES=1 改量本站每一类页面）
bench-site: setup-test site
	@test -d .bench/peers/node_modules/lighthouse || $(PY) scripts/bench_site.py --setup
	@$(PY) scripts/bench_site.py --runs $(or $(RUNS),5) $(if $(TYPES),--types)

##   make bench-growth  页数多了以后生成要多久（PAGES="100 1000"；不写就是 100、300、1000、3000）
bench-growth: setup-test site
	@$(PY) scripts/bench_growth.py $(PAGES)

##   make canary  用 Zensical 和 ProperDocs 生成同样的内容，和现在的比（换生成器之前看；DETAILS=1 列出每一处）
canary: setup-test site
	@cmp -s requirements-canary.txt .bench/canary/ready || { \
		rm -rf .bench/canary && $(PYTHON) -m venv .bench/canary \
		&& .bench/canary/bin/python -m pip install --quiet --require-hashes --no-deps -r requirements-canary.txt \
		&& cp requirements-canary.txt .bench/canary/ready; }
	@$(PY) scripts/canary.py $(if $(DETAILS),--details)

##   make format  按统一风格排好代码
format: setup-test
	@$(PY) -m ruff check --fix --quiet scripts tests
	@$(PY) -m ruff format --quiet scripts tests

##   make clean   删去生成的东西和环境
clean:
	@rm -rf site dist .build .venv .bench .pytest_cache .ruff_cache .hypothesis node_modules build scripts/*.egg-info
	@find scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

##   make help    显示这张表
help:
	@sed -n 's/^## \{0,1\}//p' $(MAKEFILE_LIST)

setup:
	@test -n "$(PYTHON)" || { echo "没有找到 Python；请先安装 Python 3.11" >&2; exit 2; }
	@$(PYTHON) scripts/bootstrap.py site

setup-test:
	@test -n "$(PYTHON)" || { echo "没有找到 Python；请先安装 Python 3.11" >&2; exit 2; }
	@$(PYTHON) scripts/bootstrap.py test
