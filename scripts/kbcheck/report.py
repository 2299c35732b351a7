"""How problems and rules are printed. Every format is a function from problems to lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from .problem import ERROR, Problem

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
FAMILIES = ("FM", "ST", "LK", "SR", "ZH")  # front matter, structure, links, sources, language
# What GitHub's workflow commands ask to be escaped, in messages and in properties.
MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
PROPERTY = {**MESSAGE, ":": "%3A", ",": "%2C"}


def text(problems: Iterable[Problem], _root: Path | None = None) -> Iterator[str]:
    """Yield one line a problem: ``path:line:col CODE message``; a warning says so."""
    for problem in problems:
        yield str(problem)


def github(problems: Iterable[Problem], root: Path) -> Iterator[str]:
    """Yield one workflow command a problem, so that GitHub shows it beside the line."""
    for problem in problems:
        kind = "error" if problem.severity == ERROR else "warning"
        path = _escape(_from_here(problem.path, root), PROPERTY)
        place = f"file={path},line={problem.line},col={problem.col},title={problem.code}"
        yield f"::{kind} {place}::{_escape(problem.message, MESSAGE)}"


def as_json(problems: Iterable[Problem], _root: Path) -> Iterator[str]:
    """Yield one JSON list; ``path`` is relative to what was checked, ``target`` as written."""
    rows = [
        {
            "path": problem.path,
            "line": problem.line,
            "col": problem.col,
            "code": problem.code,
            "message": problem.message,
            "target": problem.target,
            "severity": problem.severity,
        }
        for problem in problems
    ]
    yield json.dumps(rows, ensure_ascii=False, indent=1)


def sarif(problems: Iterable[Problem], root: Path) -> Iterator[str]:
    """Yield one SARIF 2.1.0 log, which GitHub code scanning and editors read."""
    from .rules import RULES

    listed = list(problems)
    rules = [
        {"id": code, "name": RULES[code].name, "shortDescription": {"text": RULES[code].summary}}
        for code in sorted({problem.code for problem in listed})
    ]
    results = [
        {
            "ruleId": problem.code,
            "level": problem.severity,
            "message": {"text": problem.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _from_here(problem.path, root)},
                        "region": {"startLine": problem.line, "startColumn": problem.col},
                    }
                }
            ],
        }
        for problem in listed
    ]
    tool = {"driver": {"name": "kbcheck", "rules": rules}}
    log = {"$schema": SARIF, "version": "2.1.0", "runs": [{"tool": tool, "results": results}]}
    yield json.dumps(log, ensure_ascii=False, indent=1)


FORMATS: dict[str, Callable[[Iterable[Problem], Path], Iterator[str]]] = {
    "text": text,
    "github": github,
    "json": as_json,
    "sarif": sarif,
}


def table(rules: Iterable) -> str:
    """Return all rules, one a line: code, name, what it reports; family by family."""
    ordered = sorted(rules, key=lambda rule: (FAMILIES.index(rule.code[:2]), rule.code))
    return "\n".join(f"{rule.code}  {rule.name:<24}  {rule.summary}" for rule in ordered)


def manual(rule) -> str:
    """Return the manual of one rule: its docstring, under its code and name."""
    lines = [line.strip() for line in rule.manual.splitlines()]
    return "\n".join([f"{rule.code}  {rule.name}", "", *lines])


def handbook(rules: Iterable) -> str:
    """Return the manual of all rules as Markdown: the page for authors, made from the docstrings."""
    families = {"FM": "文首信息", "ST": "结构", "LK": "链接", "SR": "来源", "ZH": "语言"}
    ordered = sorted(rules, key=lambda rule: (FAMILIES.index(rule.code[:2]), rule.code))
    lines = ["<!-- 由 kbcheck --handbook 从各规则的文档字符串生成，请勿手改 -->", "", "# 规则手册", ""]
    lines += ["某一行要例外，在行末写 `<!-- kb: allow 编号 原因 -->`；单独写一行，就管下一段。", ""]
    for family in FAMILIES:
        lines += [f"## {family} {families[family]}", ""]
        for rule in (each for each in ordered if each.code.startswith(family)):
            body = [line.strip() for line in rule.manual.splitlines()[1:] if line.strip()]
            lines += [f"### {rule.code} {rule.name}", "", rule.summary, "", *(f"- {line}" for line in body), ""]
    return "\n".join(lines).rstrip()


def _escape(value: str, table: dict[str, str]) -> str:
    return "".join(table.get(char, char) for char in value)


def _from_here(path: str, root: Path) -> str:
    """Return a path as it is seen from the current folder, for tools that show files."""
    try:
        return (root.resolve() / path).relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path
