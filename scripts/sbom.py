"""List what the site is made with, as CycloneDX for programs and as a table of licences for people.

``sbom.py [--to DIR]`` writes ``sbom.cdx.json``, ``THIRD-PARTY.md`` and the site's own ``docs/licences.txt``: the
packages of requirements.txt that this machine uses, and the npm packages that are not only for the tests. The same
locks give the same bytes: the date is the changelog's, the serial number comes from the content. Hashes of Python
packages stay in the lock, which has one for each platform's file. Exit code 0: written; 2: a package is not installed
as the lock says, or there is no version.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.spdx import fixup_id, is_expression
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import version
from generate import LIBRARIES, BuildError, esbuild

PROJECT = Path(__file__).resolve().parent.parent
BOM, LICENCES = "sbom.cdx.json", "THIRD-PARTY.md"
NOTICES = "docs/licences.txt"  # on the site itself: these licences ask for it wherever a copy goes
NAME, OWN_LICENCE = "doudian-deposit-guide", "MIT AND CC-BY-4.0"
# Python packages of which readers get a part, and in what; of npm packages esbuild says which.
SHIPPED = {"mkdocs-material": "网页的模板、样式和图标", "python-docx": "Word 文书的底稿"}
BUNDLED = "写文书和大写金额的脚本"
# Licences of their own that a part of a shipped package has: the icon set of the theme.
MORE_LICENCES = {"mkdocs-material": ("material/templates/.icons/material/LICENSE",)}
# How the metadata of packages say a licence that has one SPDX name; "BSD License" could be any of several.
CLASSIFIERS = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice)[^/]*", re.IGNORECASE)


class SbomError(Exception):
    """What is installed is not what the locks say; the message says what to do."""


@dataclass(frozen=True)
class Part:
    """One package: from where, its licence as its authors say it, the names of what it needs, its licences' texts."""

    kind: str
    name: str
    version: str
    licence: str
    needs: tuple[str, ...]
    shipped: str = ""  # in what readers get a part of it
    sha512: str = ""
    texts: tuple[str, ...] = ()

    @property
    def address(self) -> PackageURL:
        """Return its purl."""
        scope, _, name = self.name.rpartition("/")
        return PackageURL(self.kind, scope or None, name, self.version)


def main(argv: list[str] | None = None) -> int:
    """Write both lists of this project; returns the exit code."""
    parser = argparse.ArgumentParser(prog="sbom.py", description="列出用到的软件和它们的许可")
    parser.add_argument("--to", type=Path, default=PROJECT / "build", metavar="DIR", help="写到哪个目录（默认 build/）")
    folder = parser.parse_args(argv).to
    try:
        found = parts(PROJECT)
        release = version.read(PROJECT)
    except (SbomError, BuildError, version.VersionError) as error:
        print(error, file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    (folder / BOM).write_text(document(found, release), "utf-8")
    (folder / LICENCES).write_text(listing(found), "utf-8")
    (PROJECT / NOTICES).write_text(notices(found), "utf-8")
    given = sum(bool(part.shipped) for part in found)
    print(f"用到 {len(found)} 个软件包，其中 {given} 个有一部分交给读者：{folder / BOM}、{folder / LICENCES}")
    return 0


def parts(root: Path) -> list[Part]:
    """Return every package that the project ``root`` is built with; SbomError where one is not there as locked."""
    return sorted([*_python(root), *_node(root)], key=lambda part: (part.kind, part.name))


def document(found: list[Part], release: version.Version) -> str:
    """Return the CycloneDX document of ``found``, the packages of ``release``, as JSON that ends with a newline."""
    component = {(part.kind, part.name): _component(part) for part in found}
    bom = Bom(components=component.values())
    bom.serial_number = UUID(int=0)
    bom.metadata.timestamp = release.released
    bom.metadata.component = own = Component(
        name=NAME,
        version=release.number,
        type=ComponentType.APPLICATION,
        bom_ref=NAME,
        licenses=[LicenseFactory().make_with_expression(OWN_LICENCE)],
    )
    bom.register_dependency(own, component.values())
    for part in found:
        needs = [(part.kind, name) for name in part.needs]
        bom.register_dependency(component[part.kind, part.name], [component[key] for key in needs if key in component])
    bom.serial_number = uuid5(NAMESPACE_URL, JsonV1Dot6(bom).output_as_string())
    return (
        json.dumps(json.loads(JsonV1Dot6(bom).output_as_string()), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    )


def listing(found: list[Part]) -> str:
    """Return the table of licences, and the texts of those under which readers get something."""
    lines = ["# 用到的别人的作品", "", "「读者得到」一栏空着的，只在生成网站时用。", ""]
    lines += ["| 名称 | 版本 | 许可 | 读者得到 |", "|---|---|---|---|"]
    lines += [f"| {part.name} | {part.version} | {part.licence} | {part.shipped} |" for part in found]
    return "\n".join(lines) + "\n\n" + notices(found)


def notices(found: list[Part]) -> str:
    """Return the licences under which readers get something, each with its text."""
    lines = []
    for part in found:
        if part.shipped:
            lines += ["", f"## {part.name} {part.version}（{part.shipped}）", ""]
            lines += [f"    {line}".rstrip() for text in part.texts for line in [*text.strip().splitlines(), ""]]
            if not part.texts:
                lines.append(f"它没有附许可全文，写明的许可是 {part.licence}。")
    return "\n".join(lines).strip() + "\n"


def _component(part: Part) -> Component:
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.LIBRARY,
        bom_ref=str(part.address),
        purl=part.address,
        # "excluded" is CycloneDX's word for what is not there when the product is used, such as build tools.
        scope=ComponentScope.REQUIRED if part.shipped else ComponentScope.EXCLUDED,
        licenses=[LicenseFactory().make_from_string(part.licence)] if part.licence else [],
        hashes=[HashType(alg=HashAlgorithm.SHA_512, content=part.sha512)] if part.sha512 else [],
    )


def _python(root: Path) -> Iterator[Part]:
    for line in (root / "requirements.txt").read_text("utf-8").splitlines():
        if not re.match(r"[a-z0-9]", line):
            continue
        pin = Requirement(line.removesuffix("\\").strip())
        if pin.marker and not pin.marker.evaluate():
            continue
        try:
            there = metadata.distribution(pin.name)
        except metadata.PackageNotFoundError:
            there = None
        if not there or there.version not in pin.specifier:
            raise SbomError(f"{pin} 没有装好；请先运行 make site")
        part = Part("pypi", pin.name, there.version, _licence(there), _needs(there))
        yield replace(part, shipped=SHIPPED[pin.name], texts=_python_texts(there)) if pin.name in SHIPPED else part


def _python_texts(package: metadata.Distribution) -> tuple[str, ...]:
    own = [file for file in package.files or () if ".dist-info" in file.parts[0]]
    more = [Path(name) for name in MORE_LICENCES.get(package.name, ())]
    return _texts(Path(package.locate_file(file)) for file in (*own, *more))


def _texts(files: Iterable[Path]) -> tuple[str, ...]:
    return tuple(file.read_text("utf-8") for file in sorted(files) if LICENCE_FILE.fullmatch(file.name))


def _needs(package: metadata.Distribution) -> tuple[str, ...]:
    wanted = [Requirement(each) for each in package.requires or ()]
    needed = (each.name for each in wanted if not each.marker or each.marker.evaluate({"extra": ""}))
    return tuple(map(canonicalize_name, needed))


def _licence(package: metadata.Distribution) -> str:
    said = package.metadata.get("License-Expression") or package.metadata.get("License") or ""
    if said and (fixup_id(said) or is_expression(said)):
        return said
    classifiers = [each for each in package.metadata.get_all("Classifier") or () if each.startswith("License ::")]
    known = [CLASSIFIERS[each] for each in classifiers if each in CLASSIFIERS]
    return " AND ".join(known) or next((each.rpartition(" :: ")[2] for each in classifiers), said)


def _node(root: Path) -> Iterator[Part]:
    packages = json.loads((root / "package-lock.json").read_text("utf-8"))["packages"]
    in_pages = bundled(root)
    for path, package in packages.items():
        folder = root / path
        if not path or package.get("dev"):
            continue
        if package.get("optional") and not folder.is_dir():
            continue  # a program for another kind of machine
        installed = folder / "package.json"
        if not installed.is_file() or json.loads(installed.read_text("utf-8"))["version"] != package["version"]:
            raise SbomError(f"{path}@{package['version']} 没有装好；请先运行 make site")
        name = path.rpartition("node_modules/")[2]
        digest = base64.b64decode(package["integrity"].removeprefix("sha512-")).hex()
        needs = (*package.get("dependencies", {}), *package.get("optionalDependencies", {}))
        part = Part("npm", name, package["version"], package.get("license", ""), needs, sha512=digest)
        yield replace(part, shipped=BUNDLED, texts=_texts(folder.iterdir())) if name in in_pages else part


def bundled(root: Path) -> set[str]:
    """Return the npm packages with code in a script that readers load, as esbuild says; BuildError where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "meta.json"
        esbuild(root, [*LIBRARIES.values(), "--bundle", f"--outdir={folder}", f"--metafile={listed}"])
        outputs = json.loads(listed.read_text("utf-8"))["outputs"].values()
    used = [name for output in outputs for name, part in output["inputs"].items() if part["bytesInOutput"]]
    return {found[1] for name in used if (found := re.search(r".*node_modules/((?:@[^/]+/)?[^/]+)/", name))}


if __name__ == "__main__":
    raise SystemExit(main())
