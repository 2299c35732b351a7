"""Compare the platform rules that sources.yml records with a folder of rule texts: ``fingerprint.py DIR``.

A text is ``<rule_id>.txt``: a head of ``key: value`` lines, a blank line, the text. Its fingerprint is the SHA-256 of
the text in NFKC without white space, so that a page saved again with another layout counts as unchanged.
Exit code 0: all recorded texts are unchanged; 1: some differ or are missing, one line each; 2: bad usage.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from kbcheck.laws import squash
from kbcheck.sources import FILE, Sources, load

PROJECT = Path(__file__).resolve().parent.parent


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("用法：fingerprint.py 规则文本的目录（里面是 <rule_id>.txt）", file=sys.stderr)
        return 2
    sources = load(PROJECT)
    if sources.problems:
        print("\n".join(map(str, sources.problems)), file=sys.stderr)
        return 2
    changed = list(differences(sources, Path(arguments[0])))
    print("\n".join(changed), end="\n" if changed else "")
    return 1 if changed else 0


def fingerprint(text: str) -> str:
    """Return the SHA-256 of what stands after the head of a stored rule text."""
    _, _, body = text.partition("\n\n")
    return hashlib.sha256(squash(body).encode()).hexdigest()


def differences(sources: Sources, folder: Path) -> Iterator[str]:
    """Yield a line for each recorded rule whose text in ``folder`` is missing or differs."""
    for work in sources.works.values():
        if work.kind != "rule":
            continue
        line, col = sources.lines[work.id]
        path = folder / f"{work.rule_id}.txt"
        if not path.is_file():
            yield f"{FILE}:{line}:{col} 没有《{work.title}》的文本 {path.name}；请保存后再比"
        elif (now := fingerprint(path.read_text("utf-8"))) != work.sha256:
            yield f"{FILE}:{line}:{col} 《{work.title}》的文本变了（现在是 {now}）；请重读引用它的页面，再更新 sha256"


if __name__ == "__main__":
    raise SystemExit(main())
