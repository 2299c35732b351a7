"""Name every script and style of the built site by what is in it, so that browsers may keep it for ever.

``site.js`` becomes ``site.1a2b3c4d.js``, in the pages and in the scripts that load it later. A file is named only after
what it loads has its name: so a name changes with anything that is reached from the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from generate import BuildError

ASSETS = "assets"
DIGITS = 8
# offline.py takes these from here by their names, after everything else.
TAKEN_LATER = {"offline-worker.js", "retire-worker.js", "local.js"}
MAP = re.compile(r"\s*(?://# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ ?\*/)\s*$")


def fingerprint(folder: Path) -> Callable[[str], str]:
    """Rename the assets of the built ``folder`` and where they mention one another.

    Returns what gives a page that mentions them their new names. BuildError where scripts load one another.
    """
    found = sorted(file for file in (folder / ASSETS).rglob("*") if file.suffix in (".js", ".css"))
    files = {file.name: file for file in found if file.name not in TAKEN_LATER}
    if not files:
        return str
    mention = re.compile(rf"""(["'/])({"|".join(map(re.escape, sorted(files)))})(?=["'])""")
    texts = {name: MAP.sub("\n", file.read_text("utf-8")) for name, file in files.items()}
    waiting = {name: {each for _, each in mention.findall(text)} - {name} for name, text in texts.items()}
    names: dict[str, str] = {}
    while waiting:
        ready = sorted(name for name, loads in waiting.items() if loads <= names.keys())
        if not ready:
            raise BuildError(f"这些脚本互相载入，没法按内容命名：{'、'.join(sorted(waiting))}；请拆开它们")
        for name in ready:
            del waiting[name]
            text = mention.sub(lambda found: found[1] + names.get(found[2], found[2]), texts[name])
            names[name] = named(name, text)
            files[name].unlink()
            files[name].with_name(names[name]).write_text(text, "utf-8")
    return lambda html: mention.sub(lambda found: found[1] + names[found[2]], html)


def named(name: str, text: str) -> str:
    """Return the lasting name of a file with this text; the theme's own hash makes way."""
    return f"{name.split('.')[0]}.{hashlib.sha256(text.encode()).hexdigest()[:DIGITS]}{Path(name).suffix}"
