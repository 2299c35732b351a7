"""A small project that obeys every rule; tests break it in one place and look at what is said."""

from __future__ import annotations

import functools
import hashlib
import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from http.server import ThreadingHTTPServer
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

import slugs
from kbcheck import made
from kbcheck.glance import LABELS
from kbcheck.laws import squash
from kbcheck.problem import Problem
from kbcheck.rules import run
from kbcheck.site import read_site
from serve import Handler

PROJECT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 24)  # the day it is in the small project
LATER = date(2100, 1, 1)  # after every date of the real project, so that its tests never depend on the clock

# How Debian's Chromium is started: headless as root, and quiet on a machine without a network.
# The same engine as /usr/bin/chromium without its window, which would take two thirds of the tests' processor time.
CHROMIUM = "/usr/bin/chromium-headless-shell"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


# The files that take longest, by processor time with the browser's, to be started first: a worker takes a file whole,
# and one that is left to the end keeps the other workers waiting.
LONGEST = (
    *("page_types", "tool_letter", "reuse", "tool_deadlines", "build", "browser", "search_quality", "search_ui"),
    *("tool_evidence", "tool_assessment", "theme", "tool_triage", "published", "mutate", "tools_together", "offline"),
    *("home", "pictures", "tool_costs", "javascript", "glance", "properties", "headers", "built"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the longest files first; the order within a file stays."""
    places = {f"test_{name}.py": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


# How long an example took says how busy the machine is; and every run tries the same examples.
hypothesis.settings.register_profile("same", deadline=None, derandomize=True)
hypothesis.settings.load_profile("same")


@pytest.fixture(autouse=True)
def _same_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What CI sets must not change what a test sees: with ``CI`` the set-up says what it is doing."""
    monkeypatch.delenv("CI", raising=False)


MKDOCS = """\
site_name: 小站
extra:
  feedback: https://example.invalid/new?title={title}&body={body}
  downloads: downloads/
markdown_extensions:
  - attr_list
  - footnotes
  - tables
nav:
  - index.md
  - steps/index.md
  - steps/appeal.md
  - steps/court.md
  - factors/index.md
  - factors/evidence.md
  - deductions/late.md
  - reference/index.md
  - reference/sources.md
  - reference/laws.md
  - reference/rules.md
  - reference/changes.md
  - reference/review.md
  - glossary.md
  - faq.md
  - templates/demand.md
"""

SOURCES = """\
- id: rule-a
  kind: rule
  title: 甲规则
  issuer: 某平台
  version: 2026-08-10
  standing: notice
  seen: 2026-08-22
  checked: 2026-11-24
  address: https://example.invalid/a
  confidence: high
  volatile: true
  rule_id: aaa
  sha256: {sha}
  clauses:
    "2.1": 收到通知后七天内申诉
- id: law-a
  kind: law
  title: 甲法
  issuer: 某机关
  version: 2020-01-01
  checked: 2026-11-24
  address: https://example.invalid/b
  confidence: high
  volatile: false
  clauses:
    "2": 违约金过高可以减少
"""

LAW = """\
# 甲法

**第一条**　为了规范，制定本法。

**第二条**　约定的违约金过分高于造成的损失的，可以请求适当减少。

平台有下列情形之一的，适用前款：

（一）甲情形；

（二）乙情形。
"""

TERMS = """\
- id: money
  title: 钱
  terms:
    - term: 违约金
      id: penalty
      aliases: [罚款]
      meaning: 按约定扣的钱，过高的可以请求减少。
      see: steps/appeal#deadline
      sources: [law-a/2]
- id: spelling
  title: 写法
  terms:
    - term: 登录
      aliases: [登进去]
      avoid: [登陆]
      meaning: 用账号进入后台。
"""

DEADLINES = """\
- id: appeal
  title: 申诉
  starts: 收到通知
  length: 7
  unit: 天
  acts: 商家
  consequence: 不能再申诉
  source: rule-a/2.1
"""

FEES = """\
- id: fee
  title: 受理费
  source: law-a/2
  brackets:
    - {up_to: 10000, fixed: 50}
    - {rate: 2.5}
"""

FACTORS = """\
- id: evidence
  title: 证据
  questions:
    - id: original
      text: 原件还在吗？
      decisive: true
      good:
        answer: 还在
        why: 能核对
        sources: [law-a/2]
      bad:
        answer: 没有了
        why: 核对不了
      unclear:
        answer: 不知道
        why: 在 {appeal}内找
        sources: [rule-a/2.1]
    - id: kind
      text: 是点名的那种吗？
      good: {answer: 是, why: 照它审, sources: [rule-a/2.1]}
      bad: {answer: 不是, why: 对不上}
      unclear: {answer: 没写, why: 去问}
  improve:
    - text: 导出原件。
      see: factors/evidence#improve
  at:
    - {step: appeal, why: 交原件, see: steps/appeal#entry}
    - {step: court, why: 带原件, see: steps/court#entry}
"""

WAYS = """\
- id: court
  title: 起诉
  see: steps/court#moves
  time:
    text: 提交后 {appeal}
    sources: [rule-a/2.1]
  cost:
    fee: fee
    share: 2
    text: 以通知为准
    sources: [law-a/2]
  gives:
    text: 判决
    sources: [law-a/2]
"""

AMOUNTS = """\
- id: deductions/late
  overview:
    takes: 每次 9 元
    most: 9
    sources: [rule-a/2.1]
    appeals: [appeal]
    good: [天灾]
  amounts:
    - case: 超时
      takes: 扣 9 元
      timing: 当天
      sources: [rule-a/2.1]
"""

ASKED = """\
- question: 几天内申诉？
  see: steps/appeal#deadline
  origin: example.invalid
"""

PROOFS = """\
- id: deductions/late
  proofs:
    - reason: 天灾
      proof: 公告
      accepts: 时间对得上
      refuses: 没有写
      sources: [rule-a/2.1]
"""

CARE = """\
- id: factors/evidence
  cares:
    - what: 聊天
      where: 后台
      keep: 不剪
      words: [聊天]
      sources: [rule-a/2.1]
  holds:
    - what: 原件
      how: 不剪
      sources: [law-a/2]
"""

GLANCE = """\
- page: deductions/late
  periods: [appeal]
  deadline: 看倒计时[^rule-a/2.1]
  entry: 处置通知
  materials: 订单，和[证据](../factors/evidence.md#improve)
  result: 撤销
  cost: 没有写
  for: 超时的
  not_for: 没有超时的
"""

SLUGS = """\
# 发布过的
steps/suit
steps/court
"""

MOVED = "- {old: steps/suit, new: steps/court#moves, date: 2026-11-20, why: 改名}\n"

WORDS = """\
# 按钮
button:
  name: 按下去
  told: 好了
"""
OVERRIDE = "{# 按钮 #}<button>{{ words.button.name }}</button>\n"
BUTTON = "// 按钮\nsay(WORDS.button.told);\n"
TOOL = "// 中文，没关系\nsay(`还有 ${days} 天，`, '看倒计时');\n"

HUB = """\
---
title: {title}
description: 这是一个栏目页，说明下面有哪些页面，读者从哪里开始看。
type: hub
reviewed: 2026-11-24
keywords:
  - 栏目
---

# {title}

{links}
"""

STEP = """\
---
title: {title}
description: 这一页说明怎样做这一步，期限多长，在哪里点，失败以后去哪里。
type: step
reviewed: 2026-11-24
keywords:
  - 申诉
part_of: steps/{position}
related: {related}
fallback: {fallback}
---

# {title}

七天内交。

**现在先做：**打开通知，看倒计时。

## 做完这一步，你会有什么 {{ #outcome }}

一份回执。

## 期限 {{ #deadline }}

收到通知后 7 天内[^rule-a/2.1]。

## 在哪里点 {{ #entry }}

看处置通知[^rule-a/2.1]。

## 准备什么 {{ #materials }}

- 订单

## 怎么做 {{ #moves }}

1. 打开通知。
2. 「约定的违约金过分高于造成的损失的」[^law-a/2]，写进去。

## 各种答复是什么意思 {{ #answers }}

| 你看到的 | 意思 |
|---|---|
| 通过 | 撤销 |

## 常见错误 {{ #mistakes }}

漏看。

## 如果失败 {{ #failure }}

去[下一页]({next})。

## 资料来源 {{ #sources }}

--8<-- "sources/{path}"
"""

FACTOR = """\
---
title: 证据
description: 这一页说明证据怎样影响结果，怎样自己判断，怎样补强，有什么局限。
type: factor
reviewed: 2026-11-24
keywords:
  - 证据
part_of: factors
---

# 证据

证据够不够，看规则要什么。

**现在先做：**列出手里的材料。

## 它怎样影响追回 { #effect }

有证据才谈得上。

## 怎么自己判断 { #judge }

| 看什么 | 有利 | 不利 | 不明 |
|---|---|---|---|
| 原件 | 有 | 没有 | 不知道 |

## 怎样改善 { #improve }

1. 导出原件，再去[申诉](../steps/appeal.md)。

--8<-- "tables/care/factors/evidence.md"

--8<-- "tables/hold/factors/evidence.md"

## 它的局限 { #limits }

不是全部。

--8<-- "triage/questions.md"

--8<-- "triage/outcomes.md"

## 资料来源 { #sources }

--8<-- "sources/factors/evidence.md"
"""

TRIAGE = """\
- id: factors/evidence
  questions:
    - id: what
      question: 写的是哪一种？
      answers:
        - {id: late, text: 超时, to: left}
        - {id: other, text: 别的, to: other}
    - id: left
      question: 还剩多久？
      answers:
        - {id: more, text: 还早, to: late}
        - {id: over, text: 过了, to: other}
  outcomes:
    - id: late
      title: 多半是超时
      now:
        - {deadline: appeal}
      moves:
        - {text: 截下通知, sources: [rule-a/2.1]}
        - {text: "{appeal}内提交", sources: [rule-a/2.1]}
        - {text: 截下成功页}
      guide: steps/appeal#deadline
    - id: other
      title: 先问清楚
      now:
        - {text: 看通知}
      moves:
        - {text: 抄下规则名}
        - {text: 书面问}
        - {text: 回来再选}
      guide: steps/court
"""


DEDUCTION = """\
---
title: 发货超时
description: 这一页说明发货超时扣什么，什么时候不算，怎么申诉，认什么证据。
type: deduction
reviewed: 2026-11-24
keywords:
  - 超时
part_of: factors
fallback: steps/court
---

# 发货超时

承诺的时间里没有发出。

**现在先做：**打开通知，看倒计时。

--8<-- "glance/deductions/late.md"

## 在后台是什么样 { #looks }

通知里有[^rule-a/2.1]。

## 凭哪条规则 { #rule }

甲规则[^rule-a/2.1]。

## 扣什么、扣多少 { #amount }

--8<-- "tables/amounts/deductions/late.md"

## 什么时候不算违规 { #exceptions }

天灾[^rule-a/2.1]。

## 申诉期限 { #deadline }

收到通知后 7 天内[^rule-a/2.1]。

## 认什么证据 { #evidence }

--8<-- "tables/evidence/deductions/late.md"

## 怎么申诉 { #moves }

1. 打开通知。

## 填好的示例 { #example }

示例：某店。

## 什么情况有利 { #odds }

| 看什么 | 有利 | 不利 | 不明 |
|---|---|---|---|
| 天灾 | 有公告 | 没有 | 不知道 |

## 怎样解除 { #release }

没有写。

## 怎样不再发生 { #prevent }

- 早发。

## 如果被驳回 { #failure }

去[起诉](../steps/court.md)。

## 资料来源 { #sources }

--8<-- "sources/deductions/late.md"
"""


FAQ = """\
---
title: 常见问题
description: 别人常问的问题，每一问先给一句话的回答，再说去哪一页看。
type: faq
reviewed: 2026-11-24
keywords:
  - 问答
fallback: steps/court
---

# 常见问题

先看有没有你的问题。

**现在先做：**打开通知，看倒计时。

## 申诉 { #appeals }

### 几天内要申诉？ { #days }

收到通知后 7 天内[^rule-a/2.1]。

过了就不能申诉，见[申诉](steps/appeal.md#deadline)。

## 资料来源 { #sources }

--8<-- "sources/faq.md"
"""

TEMPLATES = """\
- id: templates/demand
  title: 催告函
  examples: [letter]
  fields:
    - {id: shop, label: 店铺名称, help: 后台里的全名, example: 示例小店}
  letters:
    - id: letter
      title: 催告函
      body:
        - title: 催告函
        - text: "{shop}请求减少违约金。"
          sources: [law-a/2]
        - items: [退还违约金, 说明依据]
        - sign: "{shop}"
"""

TEMPLATE = """\
---
title: 催告函
description: 这一页说明什么时候发催告函，怎么填，怎么交，给出可以复制的正文。
type: template
reviewed: 2026-11-24
keywords:
  - 催告
part_of: factors
fallback: steps/court
---

# 催告函

起诉以前写一封。

**现在先做：**打开通知，看倒计时。

## 什么时候用 { #when }

违约金过高[^law-a/2]。

## 每一栏怎么填 { #fields }

--8<-- "tables/fields/templates/demand.md"

## 正文，可以复制 { #text }

--8<-- "letters/templates/demand/letter.md"

## 填好的示例 { #example }

示例。

--8<-- "letters/templates/demand/letter-filled.md"

## 怎么交 { #moves }

1. 寄出。

## 常见错误 { #mistakes }

- 没有留底。

## 交了没有用 { #failure }

去[起诉](../steps/court.md)。

## 资料来源 { #sources }

--8<-- "sources/templates/demand.md"
"""


@dataclass
class Project:
    """A project on disk, with short ways to break and to check it."""

    root: Path

    def write(self, path: str, text: str | bytes) -> None:
        """Write one file."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def read(self, path: str) -> str:
        """Return the text of one file."""
        return (self.root / path).read_text("utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace ``old``, which must stand there, by ``new``."""
        text = self.read(path)
        assert old in text, f"{path} does not contain {old!r}"
        self.write(path, text.replace(old, new, 1))

    def line(self, path: str, part: str) -> int:
        """Return the number of the first line that contains ``part``."""
        return next(number for number, line in enumerate(self.read(path).split("\n"), 1) if part in line)

    def problems(self) -> list[Problem]:
        """Run all rules."""
        return run(read_site(self.root, TODAY))

    def regenerate(self) -> None:
        """Bring the generated pages up to date."""
        for path, text in made.pages(read_site(self.root, TODAY)).items():
            self.write(path, text)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small valid project in an empty folder."""
    return make_project(tmp_path / "kb")


def make_project(root: Path) -> Project:
    """Write a small valid project into ``root``."""
    new = Project(root)
    new.write("mkdocs.yml", MKDOCS)
    types = re.sub(r"(?m)^    glance: .*\n", "", (PROJECT / "data/page-types.yml").read_text("utf-8"))
    types = types.replace("title: 扣款原因\n", f"title: 扣款原因\n    glance: [{', '.join(LABELS)}]\n")
    new.write("data/page-types.yml", types.replace("[steps/legal-action]", "[steps/court]"))
    new.write("data/terms.yml", TERMS)
    new.write("data/deadlines.yml", DEADLINES)
    new.write("data/fees.yml", FEES)
    new.write("data/factors.yml", FACTORS)
    new.write("data/ways.yml", WAYS)
    new.write("data/sources.yml", SOURCES.format(sha=hashlib.sha256(squash("甲").encode()).hexdigest()))
    new.write("data/laws/law-a.md", LAW)
    links = ("steps/index", "factors/index", "reference/index", "glossary", "faq")
    home = "\n".join(f"- [去 {name}]({name}.md)" for name in links)
    new.write("docs/index.md", HUB.format(title="首页", links=home))
    steps = "- [申诉](appeal.md#deadline)\n- [起诉](court.md)"
    asked = '--8<-- "shelves/asked/steps.md"'
    new.write("docs/steps/index.md", HUB.format(title="步骤", links=f"{steps}\n\n{asked}"))
    new.write("data/asked.yml", ASKED)
    links = "- [证据](evidence.md)\n- [超时](../deductions/late.md)\n- [函](../templates/demand.md)"
    matrix = '--8<-- "tables/matrix/factors.md"'
    new.write("docs/factors/index.md", HUB.format(title="因素", links=f"{links}\n\n{matrix}"))
    new.write("docs/deductions/late.md", DEDUCTION)
    new.write("data/deductions.yml", AMOUNTS)
    new.write("data/evidence.yml", PROOFS)
    new.write("data/evidence-care.yml", CARE)
    new.write("data/triage.yml", TRIAGE)
    new.write("data/glance.yml", GLANCE)
    new.write("docs/faq.md", FAQ)
    new.write("docs/templates/demand.md", TEMPLATE)
    new.write("data/templates.yml", TEMPLATES)
    step = {"related": "[]", "position": 1, "next": "court.md", "fallback": "steps/court", "path": "steps/appeal.md"}
    new.write("docs/steps/appeal.md", STEP.format(title="第一步 申诉", **step))
    step |= {"position": 2, "next": "../index.md", "fallback": "", "path": "steps/court.md"}
    new.write("docs/steps/court.md", STEP.format(title="第二步 起诉", **step))
    new.write("docs/factors/evidence.md", FACTOR)
    listed = "\n".join(f"- [{name}]({name}.md)" for name in ("sources", "laws", "rules", "changes", "review"))
    new.write("docs/reference/index.md", HUB.format(title="参考", links=listed))
    new.regenerate()
    new.regenerate()
    new.write("data/interface.yml", WORDS)
    new.write("overrides/main.html", OVERRIDE)
    new.write("web/site/button.js", BUTTON)
    new.write("web/tools/sum.js", TOOL)
    new.write("data/redirects.yml", MOVED)
    new.write("data/slugs.txt", SLUGS)
    slugs.add(root)
    return new


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The built site, served on this machine."""
    folder = PROJECT / "site"
    assert (folder / "index.html").is_file(), "run make site first"
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium without network beyond this machine, and without the site's worker unless ``service_workers="allow"``.

    What a worker fetches is not seen by ``page.route``, and what it keeps lets one test meet what another has read.
    """
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=ARGUMENTS)
        for opener in ("new_context", "new_page"):
            setattr(chromium, opener, functools.partial(getattr(chromium, opener), service_workers="block"))
        yield chromium
        chromium.close()


PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 800}
DENIED = """
const usual = Storage.prototype.METHOD;
Storage.prototype.METHOD = function (key, ...rest) {
  if (key.startsWith('kb-tool')) throw new DOMException('no', 'QuotaExceededError');
  return usual.call(this, key, ...rest);
};
"""
AXE = (PROJECT / "node_modules/axe-core/axe.min.js").read_text("utf-8")


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a page as a reader; afterwards no error may have been logged and no other host asked.

    ``visit(path, viewport=, **options of the context)``; without ``path`` the page is left empty, to be prepared.
    """
    contexts, faults, asked = [], [], []

    def visit(path: str | None, *, viewport: dict = PHONE, **options) -> Page:
        still = {"reduced_motion": "reduce"}  # what fades is neither here nor there, and a test cannot tell
        context = browser.new_context(viewport=viewport, locale="zh-CN", **{**still, **handheld(viewport), **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: asked.append(request.url))
        page.full = lambda path: address + path
        if path is not None:
            page.goto(address + path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert faults == []
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def handheld(viewport: dict) -> dict:
    """Return the options of a phone: unlike a narrow window, it grows to what is wider than it."""
    return {"is_mobile": True, "has_touch": True} if viewport == PHONE else {}


def asset(name: str) -> Path:
    """Return the file of the built site that ``name``, such as site.js, became."""
    stem, _, suffix = name.rpartition(".")
    [file] = (PROJECT / "site" / "assets").rglob(f"{stem}.????????.{suffix}")
    return file


COLOURS = ["color-contrast", "link-in-text-block"]  # the rules of axe that a dark scheme can break
LAID_OUT = "* { content-visibility: visible !important }"  # a place that is only guessed at lies upon its neighbours


def violations(page: Page, part: str = "html", rules: list[str] | None = None) -> list[str]:
    """Return what axe finds wrong with a page, or a part of it, as it stands, a line each; by all or by some rules.

    Of the notes the first ten stand for all: hundreds, of one template, that would take as long as the page itself.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}  # WCAG 2.2, off in axe
    options |= {"runOnly": rules} if rules else {}
    context = {"include": [part], "exclude": [".footnote li:nth-child(n+11)"]}
    if part != "html":
        page.evaluate("scrollTo(0, 0)")  # else the bar of the window may stand upon the part, too near for axe
    page.evaluate(f"document.styleSheets[0].insertRule('{LAID_OUT}')")
    found = page.evaluate("([context, options]) => axe.run(context, options)", [context, options])["violations"]
    page.evaluate("document.styleSheets[0].deleteRule(0)")
    return [f"{each['id']}: {node['target'][0]} {node['failureSummary']}" for each in found for node in each["nodes"]]


def all_laid_out(page: Page) -> None:
    """Move, and wait until what stands below the first screens is laid out, but for what waits for the reader."""
    page.evaluate("scrollBy(0, 1)")
    page.locator("html:not(.kb-below)").wait_for(state="attached")


SETTLED = """new Promise((done) => {
  const look = () => (document.querySelector('[aria-busy]') ? requestAnimationFrame(look) : done());
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(look, 0)));
})"""


def settled(page: Page) -> None:
    """Wait until a tool has drawn what it leaves for the frames after a tap."""
    page.evaluate(SETTLED)


JUMPED = """async (target) => {
  window.scrollTo(0, 0);
  const frames = async (count) => { while (count--) await new Promise((done) => { requestAnimationFrame(done); }); };
  await frames(3);
  target.scrollIntoView({ block: 'center' });
  const before = target.getBoundingClientRect().top;
  await frames(6);
  return Math.round(target.getBoundingClientRect().top - before);
}"""


def moved_after_jump(target: Locator) -> int:
    """Return by how many pixels what a reader jumps to, by Tab or a tap, still moves on the screen afterwards.

    What is only laid out near the screen, and was guessed too small or too large, pushes it away from under a finger.
    """
    return target.evaluate(JUMPED)


def overflow(page: Page) -> int:
    """Return by how many pixels a page is wider than its window, and so a phone's window than the phone."""
    beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return page.evaluate(f"width => Math.max({beyond}, innerWidth - width)", page.viewport_size["width"])


@pytest.fixture(scope="session")
def copy_of_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real project, copied without what is generated, for tests that break or build it."""
    return copy_project(tmp_path_factory.mktemp("copy") / "project")


def copy_project(target: Path) -> Path:
    """Copy the real project without what is generated to ``target``, which must not be there, and return it."""
    generated = {"build", "dist", "node_modules", "site"}

    def ignored(folder: str, names: list[str]) -> set[str]:
        hidden = {name for name in names if name.startswith(".") and name != ".ci"}
        return {"__pycache__"} | (generated | hidden if Path(folder) == PROJECT else set())

    shutil.copytree(PROJECT, target, ignore=ignored)
    (target / "node_modules").symlink_to(PROJECT / "node_modules")
    return target


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection to another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to connect to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def sound(page: Page, part: str = "html") -> None:
    """Axe must find nothing in a page as it stands: by all rules in light, by those of colour in dark as well."""
    assert violations(page, part) == []
    paint = "scheme => { document.body.dataset.mdColorScheme = scheme; }"
    page.evaluate(paint, "slate")
    assert violations(page, part, COLOURS) == []
    page.evaluate(paint, "default")


def deny(page: Page, method: str) -> None:
    """From now on the device does not keep (``setItem``) or not give out (``getItem``) what is filled in a tool."""
    page.add_init_script(DENIED.replace("METHOD", method))


def deny_copying(page: Page) -> None:
    """From now on no text is copied, in the new way or the old."""
    page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new Error('no')); document.execCommand = () => false;"
    )


def keep(page: Page, slug: str, text: str) -> None:
    """Put a text where a tool keeps what was filled in, and open its page again."""
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"kb-tool-{slug}", text])
    page.reload()


# A link that is not part of a sentence: around it there is nothing but other links, marks, and a label such as 依据：.
SMALL = """place => [...place.querySelectorAll(
  'a, button, select, summary, textarea, .kb-choice, input[type=text]')].filter((each) => {
  const box = each.getBoundingClientRect();
  if (!each.checkVisibility() || !box.height || box.height >= 43.5) return false;
  if (each.tagName !== 'A') return true;
  const block = each.closest('p, li, dd, td, h3, h4, h5, .kb-sources').cloneNode(true);
  block.querySelectorAll('a, button, ol, ul').forEach((link) => link.remove());
  return /^([^。；，]{0,8}：)?[\\s\\p{P}]*$/u.test(block.textContent);
}).map((each) => each.outerHTML)"""


def small_targets(page: Page, part: str = "#kb-tool") -> list[str]:
    """Return what a thumb would miss: controls and links that stand alone and are lower than 44 px."""
    settled(page)
    return page.locator(part).evaluate(SMALL)


def words_of(page: Page, part: str = "#kb-tool") -> str:
    """Return all words of a part of a page, also those that are laid out only when they come near; not its data."""
    return " ".join(page.locator(f"{part} > :not(script)").all_text_contents()).replace("\u00a0", " ")
