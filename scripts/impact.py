"""Which pages rest on a source, and which must be read again because a platform rule changed.

``impact.py SOURCE_ID…``: the places that cite a work (``deposit``) or one of its clauses (``deposit/2.4.1``).
``impact.py --rules DIR``: compares the rules recorded in sources.yml with newly saved texts, and lists the places that
rest on those that changed. A text is ``<rule_id>.txt``: a head of ``key: value`` lines, a blank line, the text. Its
fingerprint is the SHA-256 of the text in NFKC without white space, so that another layout counts as unchanged.
Exit code 0: no recorded text changed (or: places were listed); 1: some changed; 2: bad usage.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kbcheck.cli import today
from kbcheck.laws import squash
from kbcheck.site import Site, read_site
from kbcheck.sources import FILE, Sources

PROJECT = Path(__file__).resolve().parent.parent
CHANGED, MISSING = "变了", "没有存"


@dataclass(frozen=True)
class Difference:
    """A recorded rule whose saved text differs or is not there; ``now`` is the new fingerprint ('' where missing)."""

    work: str
    kind: str
    now: str


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="impact.py", description="哪些页面以某个来源为据；规则变了，要重读哪几页")
    parser.add_argument(
        "sources", nargs="*", metavar="SOURCE_ID", help="来源，或来源/条款，例如 deposit 或 deposit/2.4.1"
    )
    parser.add_argument("--rules", type=Path, metavar="DIR", help="新存的规则文本所在的目录（里面是 <rule_id>.txt）")
    options = parser.parse_args(argv)
    site = read_site(PROJECT, today())
    if site.sources.problems:
        print("\n".join(map(str, site.sources.problems)), file=sys.stderr)
        return 2
    if bool(options.sources) == bool(options.rules):
        print("请写一个来源，或用 --rules 指出新存的规则文本；--help 看用法", file=sys.stderr)
        return 2
    if options.rules:
        return _compare(site, options.rules)
    unknown = [each for each in options.sources if not _is_known(site.sources, each)]
    if unknown:
        print(f"{FILE} 里没有「{unknown[0]}」；请改正", file=sys.stderr)
        return 2
    for each in options.sources:
        print("\n".join(places(site, each)))
    return 0


def fingerprint(text: str) -> str:
    """Return the SHA-256 of what stands after the head of a stored rule text."""
    _, _, body = text.partition("\n\n")
    return hashlib.sha256(squash(body).encode()).hexdigest()


def differences(sources: Sources, folder: Path) -> Iterator[Difference]:
    """Yield the recorded rules whose text in ``folder`` is missing or differs."""
    for work in sources.works.values():
        if work.kind != "rule":
            continue
        path = folder / f"{work.rule_id}.txt"
        if not path.is_file():
            yield Difference(work.id, MISSING, "")
        elif (now := fingerprint(path.read_text("utf-8"))) != work.sha256:
            yield Difference(work.id, CHANGED, now)


def places(site: Site, source: str) -> Iterator[str]:
    """Yield ``path:line:col work/clause`` for each place that rests on a work or clause, tables of data included."""
    for page in sorted(site.pages.values(), key=lambda each: each.path):
        texts = [page, *(text for text in site.texts if text.base == page.path)]
        for text in texts:
            for mark in text.citations:
                if _is_of(mark.target, source):
                    yield f"{text.path}:{mark.line}:{mark.col} {mark.target}"
        direct = {mark.target for text in texts for mark in text.citations}
        for citation in site.cited(page):
            if citation not in direct and _is_of(citation, source):
                yield f"{page.path}:1:1 {citation}（由数据生成的表）"


def _is_of(citation: str, source: str) -> bool:
    return citation == source or citation.partition("/")[0] == source


def _is_known(sources: Sources, source: str) -> bool:
    return source in sources.works or sources.find(source) is not None


def _compare(site: Site, folder: Path) -> int:
    if not folder.is_dir():
        print(f"{folder}: 没有这个目录；请把新规则存成 <rule_id>.txt 放在里面", file=sys.stderr)
        return 2
    found = list(differences(site.sources, folder))
    for each in found:
        work = site.sources.works[each.work]
        line, col = site.sources.lines[each.work]
        if each.kind == MISSING:
            print(f"{FILE}:{line}:{col} 没有《{work.title}》的文本 {work.rule_id}.txt；存了才能比")
            continue
        print(f"{FILE}:{line}:{col} 《{work.title}》的文本变了（现在是 {each.now}）；请重读下面各处，再更新 sha256")
        for place in places(site, each.work):
            print(f"  {place}")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
