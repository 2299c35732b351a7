"""One function an engine: build what it needs from the same pages, ask it, weigh what it fetches."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from . import pages
from .browser import CODE, OURS, STOCK, ZENSICAL, Box, ask_box, ask_pagefind
from .install import HERE, Home, run
from .outcome import Outcome, Progress, Size
from .questions import SHOWN

# The docs of mkdocs-material on Chinese: install jieba, and let the separator have the zero-width space that it puts
# between words. Zensical reads the same file; its search needs no configuration.
STOCK_CONFIG = """\
site_name: 抖店保证金追回指南
exclude_docs: "!/templates/"
theme: {name: material, language: zh, font: false}
plugins:
  - search:
      separator: '[\\s\\u200b\\-]'
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.snippets: {base_path: [snippets]}
"""


@dataclass(frozen=True)
class Task:
    """What is asked of every engine: of which project, by which peers, which questions."""

    project: Path
    home: Home
    queries: list[str]
    typed: list[str]
    tell: Progress

    def build(self, name: str) -> Path:
        """Return an empty folder to build in."""
        return self.home.empty(name)


def ours(task: Task) -> Outcome:
    """Our own search, through the box of the built site."""
    return _box(task, task.project / "site", OURS)


def material(task: Task) -> Outcome:
    """Stock mkdocs-material with jieba, through its box."""
    folder = documents(task.project, task.build("material"))
    run([str(task.home.program("material")), "build", "--quiet"], folder, "material")
    return _box(task, folder / "site", STOCK)


def zensical(task: Task) -> Outcome:
    """Zensical, through its box."""
    folder = documents(task.project, task.build("zensical"))
    run([str(task.home.program("zensical")), "build"], folder, "zensical")
    return _box(task, folder / "site", ZENSICAL)


def pagefind(task: Task) -> Outcome:
    """Pagefind, extended, through its JavaScript API in the browser."""
    folder = task.build("pagefind")
    pages.write(pages.read(task.project / "site"), folder)
    program = task.home.packages / "node_modules/pagefind/lib/runner/bin.cjs"
    run([task.home.node(), str(program), "--site", str(folder)], folder, "pagefind")
    shutil.copy(HERE / "pagefind.mjs", folder)
    outcome, files = ask_pagefind(folder, task.queries, task.typed, task.tell)
    _weigh(task, outcome, files)
    bundle = folder / "pagefind"
    outcome.index = weigh(task.home, [*bundle.glob("index/*"), *bundle.glob("fragment/*"), *bundle.glob("*.pf_meta")])
    return outcome


def minisearch(task: Task) -> Outcome:
    """MiniSearch with bigrams, in Node."""
    return _node(task, "minisearch")


def flexsearch(task: Task) -> Outcome:
    """FlexSearch with a bigram encoder, in Node."""
    return _node(task, "flexsearch")


PEERS: dict[str, Callable[[Task], Outcome]] = {
    "ours": ours,
    "material": material,
    "pagefind": pagefind,
    "minisearch": minisearch,
    "flexsearch": flexsearch,
    "zensical": zensical,
}


def weigh(home: Home, files: Iterable[Path]) -> Size:
    """Return the bytes of files as sent, each compressed by itself."""
    paths = "\n".join(map(str, sorted(files)))
    return Size(**json.loads(run([home.node(), str(HERE / "sizes.mjs")], HERE, "node", paths)))


def documents(project: Path, folder: Path) -> Path:
    """Copy the documents to a folder with a stock configuration; Zensical reads nothing outside of it."""
    shutil.copytree(project / "docs", folder / "docs")
    for part in (project / ".build").iterdir():
        if part.is_dir() and part.name not in ("site", "old"):
            shutil.copytree(part, folder / "snippets" / part.name)
    (folder / "mkdocs.yml").write_text(STOCK_CONFIG, "utf-8")
    return folder


def _box(task: Task, site: Path, box: Box) -> Outcome:
    outcome, files = ask_box(site, box, task.queries, task.typed, task.tell)
    _weigh(task, outcome, files)
    parts = {file for file in (site / "search").rglob("*") if file.is_file()}  # an index may be fetched in parts
    outcome.index = weigh(task.home, {file for file in parts | set(files) if not file.name.endswith(CODE)})
    return outcome


def _weigh(task: Task, outcome: Outcome, files: list[Path]) -> None:
    outcome.first = weigh(task.home, files)
    outcome.code = weigh(task.home, [file for file in files if file.name.endswith(CODE)])


def _node(task: Task, name: str) -> Outcome:
    """Run a peer in Node, where its packages are."""
    folder = task.home.packages
    for script in HERE.glob("*.mjs"):
        shutil.copy(script, folder / script.name)
    given = {
        "pages": pages.read(task.project / "site"),
        "queries": task.queries,
        "typed": task.typed,
        "out": str(task.build(name) / "index.json"),
    }
    task.tell(0, len(task.queries))
    answer = json.loads(run([task.home.node(), f"{name}.mjs"], folder, name, json.dumps(given)))
    found = {query: urls[:SHOWN] for query, urls in zip(task.queries, answer["found"], strict=True)}
    outcome = Outcome(found, ready=answer["ready"], keys=answer["keys"], worker=answer["keys"])
    code, index = Path(answer["code"]), Path(answer["index"])
    outcome.code, outcome.index = weigh(task.home, [code]), weigh(task.home, [index])
    outcome.first = weigh(task.home, [code, index])
    return outcome
