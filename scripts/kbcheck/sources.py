"""``data/sources.yml``: the laws, platform rules and procedures that pages rest on, and the clauses they cite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .laws import Article, passage, read_articles
from .numerals import to_han
from .problem import Problem, UnreadableError, read_text
from .yaml_nodes import Node, parse

FILE = "data/sources.yml"
CODE = "SR005"
KINDS = {"law": "法律原文", "rule": "规则原文", "procedure": "待你在后台核对"}
STANDINGS = {"notice": "公示稿", "text": "规则页正文，生效日期不明", "draft": "征求意见稿，尚未生效"}
CONFIDENCES = ("high", "medium", "low")

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
STATUTE_CLAUSE = re.compile(r"p?(\d+)(?:-(\d+))?(?:-i(\d+))?")  # p7: a notice's part 七、
RULE_CLAUSE = re.compile(r"\d+(?:\.\d+)*(?:-[a-z0-9]+)*|[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
SHA256 = re.compile(r"[0-9a-f]{64}")

# Names of parts that a rule does not number itself.
PARTS = {"intro": "公示说明", "table": "附表", "appeal": "申诉部分", "appeal-path": "申诉路径", "definition": "定义"}


@dataclass(frozen=True)
class Work:
    """A law, a platform rule or a procedure. ``clauses`` maps each cited clause to what it says, in our words."""

    id: str
    kind: str
    title: str
    issuer: str
    version: date | None
    checked: date
    address: str
    confidence: str
    volatile: bool
    clauses: dict[str, str]
    standing: str = ""
    seen: date | None = None
    rule_id: str = ""
    sha256: str = ""
    note: str = ""


@dataclass(frozen=True)
class Sources:
    """All works by id, where each work and clause stands, what was wrong with the file, and the file's text."""

    works: dict[str, Work]
    lines: dict[str, tuple[int, int]]
    problems: tuple[Problem, ...]
    text: str = ""

    def find(self, citation: str) -> tuple[Work, str] | None:
        """Return the work and clause that ``work/clause`` names, or None."""
        work_id, _, clause = citation.partition("/")
        work = self.works.get(work_id)
        return (work, clause) if work and clause in work.clauses else None


def clause_label(work: Work, clause: str) -> str:
    """Return how a reader finds the clause: 第五百八十五条第二款, 2.3.4, 第三十七条, 附表."""
    match = STATUTE_CLAUSE.fullmatch(clause)
    if match and clause[0] != "p" and "." not in clause and (work.kind == "law" or clause.partition("-")[0].isdigit()):
        article, paragraph, item = (int(part) if part else None for part in match.groups())
        return _article_label(article, paragraph, item)
    if clause[0].isdigit():
        return f"{clause.partition('-')[0]} 条"  # what follows names a part of the clause, for authors only
    if match := re.fullmatch(r"(ch|p)(\d+)", clause):
        return f"第{to_han(int(match[2]))}{'章' if match[1] == 'ch' else '部分'}"
    return PARTS.get(clause, "")


def _article_label(article: int, paragraph: int | None, item: int | None) -> str:
    label = f"第{to_han(article)}条"
    if paragraph:
        label += f"第{to_han(paragraph)}款"
    if item:
        label += f"第{to_han(item)}项"
    return label


def load(root: Path) -> Sources:
    """Read ``data/sources.yml`` under ``root``; what is wrong with it is in ``problems``, never raised."""
    try:
        text = read_text(root / FILE, FILE, CODE)
        tree = parse(text, FILE, CODE)
    except UnreadableError as error:
        return Sources({}, {}, (error.problem,))
    reader = _Reader(root)
    if not isinstance(tree.value, list):
        reader.report(tree, "必须是列表，每个来源以「- id: 」开头")
    else:
        for node in tree.value:
            reader.work(node)
    return Sources(reader.works, reader.lines, tuple(reader.problems), text)


class _Reader:
    """Collects works and problems while the file is read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.works: dict[str, Work] = {}
        self.lines: dict[str, tuple[int, int]] = {}
        self.problems: list[Problem] = []

    def report(self, at, message: str) -> None:
        self.problems.append(Problem(FILE, at.line, at.col, CODE, message))

    def work(self, node: Node) -> None:
        if not isinstance(node.value, dict) or "id" not in node.value:
            self.report(node, "每个来源必须有 id；请补上 id: 英文短名")
            return
        before = len(self.problems)
        values = {key: self._field(key, entry.node) for key, entry in node.value.items() if self._known(key, entry)}
        for key in self._required(values):
            if values.get(key) in (None, "") and len(self.problems) == before:
                self.report(node, f"来源「{values.get('id')}」缺少「{key}」；请补上")
        if len(self.problems) > before:
            return
        work = Work(**{"version": None, **values})
        if work.id in self.works:
            self.report(node.value["id"].node, f"id「{work.id}」用了两次；请给后一个换名")
            return
        self.works[work.id] = work
        self.lines[work.id] = (node.line, node.col)
        for clause, entry in node.value["clauses"].node.value.items():
            self.lines[f"{work.id}/{clause}"] = (entry.line, entry.col)
        self._check_clauses(work, node.value["clauses"].node)

    def _known(self, key: str, entry) -> bool:
        if key in Work.__dataclass_fields__:
            return True
        self.report(entry, f"没有叫「{key}」的键；可用的键是 {'、'.join(Work.__dataclass_fields__)}")
        return False

    @staticmethod
    def _required(values: dict) -> tuple[str, ...]:
        common = ("id", "kind", "title", "issuer", "checked", "address", "confidence", "clauses")
        rule = ("standing", "seen", "rule_id", "sha256") if values.get("kind") == "rule" else ()
        return (*common, *rule, *(("version",) if values.get("kind") == "law" else ()))

    def _field(self, key: str, node: Node) -> object:
        value = node.value
        allowed = {"kind": KINDS, "standing": STANDINGS, "confidence": CONFIDENCES}.get(key)
        if allowed is not None and value not in allowed:
            self.report(node, f"「{key}」只能是 {'、'.join(allowed)}，现在是「{value}」")
        elif key in ("version", "checked", "seen") and not (
            isinstance(value, date) or (key == "version" and not value)
        ):
            self.report(node, f"「{key}」必须是日期；请写成 2026-08-22 这样")
        elif key == "volatile" and not isinstance(value, bool):
            self.report(node, "「volatile」必须是 true 或 false")
        elif key == "id" and not ID.fullmatch(str(value)):
            self.report(node, "id 只能用小写英文字母、数字和连字符")
        elif key == "sha256" and not SHA256.fullmatch(str(value)):
            self.report(node, "sha256 必须是带引号的 64 位十六进制数；运行 scripts/impact.py --rules 可以算出")
        elif key == "clauses":
            return self._clauses(node)
        elif key in ("title", "issuer", "address", "rule_id", "note", "id", "sha256") and not isinstance(value, str):
            self.report(node, f"「{key}」必须是文字；纯数字请加引号")
        return value

    def _clauses(self, node: Node) -> dict[str, str]:
        if not isinstance(node.value, dict) or not node.value:
            self.report(node, "「clauses」必须至少写一条：条号: 一句话说这一条说了什么")
            return {}
        for key, entry in node.value.items():
            if not isinstance(entry.node.value, str):
                self.report(entry, f"条款「{key}」必须有一句话说明；请写在冒号后面")
        return {key: entry.node.value for key, entry in node.value.items()}

    def _check_clauses(self, work: Work, node: Node) -> None:
        articles = self._articles(work, node)
        for clause, entry in node.value.items():
            grammar = STATUTE_CLAUSE if work.kind == "law" else RULE_CLAUSE
            if not grammar.fullmatch(clause):
                self.report(entry, f"条款「{clause}」写法不对；法律写 585、585-2 或 16-i3，规则写 2.3.4、37 或英文短名")
            elif articles is not None and statute_text(articles, clause) is None:
                self.problems.append(
                    Problem(
                        FILE,
                        entry.line,
                        entry.col,
                        "SR006",
                        f"《{work.title}》没有「{clause}」这一条（款、项）；请核对条号",
                    )
                )

    def _articles(self, work: Work, node: Node) -> dict[int, Article] | None:
        if work.kind != "law":
            return None
        path = law_path(self.root, work.id)
        if not path.is_file():
            self.report(node, f"缺少法律文本 data/laws/{work.id}.md；请放入全文再引用")
            return None
        return read_articles(path)


def law_path(root: Path, work_id: str) -> Path:
    """Return where the text of a cited statute lies."""
    return root / "data" / "laws" / f"{work_id}.md"


def statute_text(articles: dict[int, Article], clause: str) -> str | None:
    """Return the passage that a clause key such as ``585-2`` or ``16-i3`` names, or None."""
    match = STATUTE_CLAUSE.fullmatch(clause)
    if not match or int(match[1]) not in articles:
        return None
    _, paragraph, item = (int(part) if part else None for part in match.groups())
    return passage(articles[int(match[1])], paragraph, item)


def citations_of_works(sources: Sources) -> Iterator[str]:
    """Yield every ``work/clause`` that can be cited, in file order."""
    for work in sources.works.values():
        for clause in work.clauses:
            yield f"{work.id}/{clause}"
