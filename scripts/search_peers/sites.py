"""The same pages as sites of other engines: each with its own look, our page tree, its search, no fonts, no network."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from .convert import STARLIGHT, VITEPRESS, Dialect, address, convert
from .install import PACKAGES, PYTHON_PEERS, Home, run
from .peers import documents

NAME = "抖店保证金追回指南"
GUIDE = "steps/file-appeal/"
ICON = "docs/assets/icon.svg"  # without one, a missing file would cost the peers points
VITEPRESS_CONFIG = """\
export default {{
  title: '{name}', lang: 'zh-CN', ignoreDeadLinks: true, head: [['link', {{ rel: 'icon', href: '/favicon.svg' }}]],
  themeConfig: {{ search: {{ provider: 'local' }}, sidebar: {tree} }},
}};
"""
STARLIGHT_CONFIG = """\
import {{ defineConfig }} from 'astro/config';
import starlight from '@astrojs/starlight';
export default defineConfig({{ integrations: [starlight({{
  title: '{name}', defaultLocale: 'root', locales: {{ root: {{ label: '简体中文', lang: 'zh-CN' }} }}, sidebar: {tree},
}})] }});
"""
STARLIGHT_CONTENT = """\
import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
"""
# Astro takes what is named here through its own loader.
STARLIGHT_PACKAGE = '{"private": true, "type": "module", "dependencies": {"@astrojs/starlight": "*", "astro": "*"}}\n'


@dataclass(frozen=True)
class Engine:
    """An engine: how a folder is prepared for it, how it builds there, where the site is and the guide in it."""

    name: str
    prepare: Callable[[Path, Home], Path]  # from the project, the folder to build in
    build: Callable[[Path, Home], None]
    site: str = "site"
    guide: str = GUIDE


def _ours(project: Path, _home: Home) -> Path:
    shutil.rmtree(project / ".build", ignore_errors=True)  # what the last build left would make this one faster
    return project


def _mkdocs(peer: str) -> Callable[[Path, Home], Path]:
    def prepare(project: Path, home: Home) -> Path:
        folder = documents(project, home.empty(peer))
        tree = yaml.safe_dump({"nav": _nav(project)}, allow_unicode=True)
        with (folder / "mkdocs.yml").open("a", encoding="utf-8") as config:
            config.write(tree)
        return folder

    return prepare


def _vitepress(project: Path, home: Home) -> Path:
    folder = home.empty("vitepress")
    _pages(project, folder, VITEPRESS)
    tree = _tree(project, _nav(project), lambda text, link: {"text": text, "link": link}, "text")
    _write(folder / "public/favicon.svg", (project / ICON).read_text("utf-8"))
    _write(folder / ".vitepress/config.mjs", VITEPRESS_CONFIG.format(name=NAME, tree=tree))
    _write(folder / ".vitepress/theme/index.mjs", "export { default } from 'vitepress/theme-without-fonts';\n")
    return folder


def _starlight(project: Path, home: Home) -> Path:
    folder = home.empty("starlight")
    _pages(project, folder / "src/content/docs", STARLIGHT)
    tree = _tree(project, _nav(project), lambda label, link: {"label": label, "link": link}, "label")
    _write(folder / "public/favicon.svg", (project / ICON).read_text("utf-8"))
    _write(folder / "astro.config.mjs", STARLIGHT_CONFIG.format(name=NAME, tree=tree))
    _write(folder / "src/content.config.mjs", STARLIGHT_CONTENT)
    _write(folder / "package.json", STARLIGHT_PACKAGE)
    return folder


def _in_node(program: str) -> Callable[[Path, Home], None]:
    return lambda folder, home: _run(folder, home.node(), home.packages / "node_modules" / program, "build")


def _run(folder: Path, *command: str | Path) -> None:
    run(list(map(str, command)), folder, folder.name)


ENGINES = (
    Engine("ours", _ours, lambda folder, _home: _run(folder, sys.executable, "scripts/build.py")),
    Engine("material", _mkdocs("material"), lambda folder, home: _run(folder, home.program("material"), "build")),
    Engine("zensical", _mkdocs("zensical"), lambda folder, home: _run(folder, home.program("zensical"), "build")),
    Engine(
        "vitepress", _vitepress, _in_node("vitepress/bin/vitepress.js"), ".vitepress/dist", "steps/file-appeal.html"
    ),
    Engine("starlight", _starlight, _in_node("astro/bin/astro.mjs"), "dist"),
)


def _nav(project: Path) -> list:
    """Return the page tree; what else mkdocs.yml holds is for MkDocs alone, and its tags are of no use here."""
    text = (project / "mkdocs.yml").read_text("utf-8")
    return yaml.safe_load(re.search(r"^nav:\n(?:[ #].*\n|\n)*", text, re.MULTILINE)[0])["nav"]


def _tree(project: Path, nav: list, entry: Callable[[str, str], dict], label: str) -> str:
    def item(part: str | dict) -> dict:
        name, value = (None, part) if isinstance(part, str) else next(iter(part.items()))
        if isinstance(value, list):
            return {label: name, "items": [item(each) for each in value]}
        title = name or re.search(r"^title: (.*)$", (project / "docs" / value).read_text("utf-8"), re.MULTILINE)[1]
        return entry(title, address(value.removesuffix(".md")))

    return json.dumps([item(part) for part in nav], ensure_ascii=False)


def _pages(project: Path, folder: Path, dialect: Dialect) -> None:
    for file in sorted((project / "docs").rglob("*.md")):
        page = file.relative_to(project / "docs").as_posix()
        _write(folder / page, convert(file.read_text("utf-8"), page, project / ".build", dialect))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def version_of(home: Home, engine: Engine) -> str:
    """Return the version of an engine that is installed; ours is called by none."""
    if engine.name == "ours":
        return ""
    if engine.name in PYTHON_PEERS:
        package = {"material": "mkdocs_material"}.get(engine.name, engine.name)
        found = sorted((home.root / engine.name).glob(f"lib/python3*/site-packages/{package}-*.dist-info"))
        return found[-1].name.removesuffix(".dist-info").rsplit("-", 1)[1]
    package = home.packages / "node_modules" / PACKAGES.get(engine.name, engine.name) / "package.json"
    return json.loads(package.read_text("utf-8"))["version"]
