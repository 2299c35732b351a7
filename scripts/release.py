"""Make a release of a clean tree: build it, pack it, and write what is given out to ``build/release/``.

There are the site to deploy (tar.gz), the ZIP to read offline, the SBOM, the licences, and ``SHA256SUMS`` of them all.
The same commit gives the same bytes: the date of every file is the changelog's. Nothing is pushed; the tag is made with
``--tag`` only. Exit code 0: made; 1: refused, with one line that says why; else the build's own.
"""

from __future__ import annotations

import argparse
import gzip
import io
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import build
import offline_zip
import pack
import sbom
import version
from generate import BuildError
from kbcheck.cli import today
from kbcheck.site import read_site

PROJECT = Path(__file__).resolve().parent.parent
TARGET = Path("build") / "release"


class RefusedError(Exception):
    """The tree is not fit for a release; the message says what to do."""


def main(argv: list[str] | None = None, root: Path = PROJECT) -> int:
    """Release the project ``root``; returns the exit code."""
    parser = argparse.ArgumentParser(prog="release.py", description="从干净的工作区做出要发布的文件")
    parser.add_argument("--tag", action="store_true", help="做好以后打上带说明的 git 标签（不推送）")
    options = parser.parse_args(argv)
    try:
        release = version.read(root)
        check(root, release)
        if code := build.build(root):
            return code
        check(root, release)  # what the build makes from data is committed: it must have been up to date
        pack.pack(root / "site", root / "dist")
        make(root, release)
        print(tagged(root, release, options.tag))
    except (RefusedError, version.VersionError, sbom.SbomError, BuildError) as error:
        print(f"没有发布：{error}", file=sys.stderr)
        return 1
    return 0


def check(root: Path, release: version.Version) -> None:
    """Refuse a tree with changes that are not committed, and a version whose tag is at another commit."""
    try:
        changed = git(root, "status", "--porcelain").splitlines()
    except (OSError, subprocess.CalledProcessError):
        raise RefusedError("这里不是 git 仓库；请在克隆下来的仓库里运行") from None
    if changed:
        raise RefusedError(f"{changed[0][3:]} 等 {len(changed)} 个文件有没提交的改动；请先提交，或者收起来")
    if (at := tag(root, release)) and at != git(root, "rev-parse", "HEAD"):
        raise RefusedError(
            f"标签 {release.tag} 已经在别的提交 {at[:8]} 上；请在 pyproject.toml 和 CHANGELOG.md 换一个版本号"
        )


def tag(root: Path, release: version.Version) -> str:
    """Return the commit that the tag of ``release`` is at; empty where there is no such tag."""
    named = git(root, "tag", "--list", release.tag)
    return named and git(root, "rev-parse", f"refs/tags/{release.tag}^{{commit}}")


def make(root: Path, release: version.Version) -> None:
    """Write the files of ``release`` from the packed ``dist/`` and the built ``site/``; all of them or none."""
    new = root / TARGET.with_name(f"{TARGET.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    found = sbom.parts(root)
    licences = sbom.listing(found)
    (new / sbom.BOM).write_text(sbom.document(found, release), "utf-8")
    (new / sbom.LICENCES).write_text(licences, "utf-8")
    more = [(sbom.LICENCES, licences.encode())]
    name = f"{offline_zip.NAME}-{release.number}"
    packed = ((f"dist/{name}", data) for name, data in contents(root / "dist"))
    archive(new / f"{name}.tar.gz", ((f"{name}/{each}", data) for each, data in [*packed, *more]), release.released)
    read = offline_zip.contents(root, root / "site", read_site(root, today()))
    offline_zip.write(new / f"{name}-offline.zip", iter([*read, *more]))
    (new / pack.SUMS).write_text(pack.sums(new), "utf-8")
    shutil.rmtree(root / TARGET, ignore_errors=True)
    new.rename(root / TARGET)


def contents(folder: Path) -> Iterable[tuple[str, bytes]]:
    """Yield the name and the bytes of each file in ``folder``."""
    for file in folder.rglob("*"):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), file.read_bytes()


def archive(target: Path, files: Iterable[tuple[str, bytes]], when: datetime) -> None:
    """Write ``files``, names and bytes, as a tar.gz in which nothing depends on the machine, the user or the clock."""
    with (
        target.open("wb") as file,
        gzip.GzipFile("", "wb", 9, file, mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w") as tar,
    ):
        for name, data in sorted(files):
            entry = tarfile.TarInfo(name)  # its owner is 0 and has no name, its mode is 644
            entry.size, entry.mtime = len(data), int(when.timestamp())
            tar.addfile(entry, io.BytesIO(data))


def tagged(root: Path, release: version.Version, wanted: bool) -> str:
    """Tag the commit where that is ``wanted``; returns what to tell whoever makes the release."""
    files = "\n".join(
        f"  {file.stat().st_size / 1e6:6.2f} MB  {file.name}" for file in sorted((root / TARGET).iterdir())
    )
    done = f"{release.number} 的文件在 {TARGET}/：\n{files}\n"
    if tag(root, release):
        return f"{done}标签 {release.tag} 已经在这个提交上"
    command = ["tag", "-a", release.tag, "-m", f"{offline_zip.NAME} {release.number}", git(root, "rev-parse", "HEAD")]
    if not wanted:
        return f'{done}看过以后打标签：git tag -a {release.tag} -m "{command[4]}" {command[5][:12]}'
    git(root, *command)
    return f"{done}已打标签 {release.tag}；推送：git push origin {release.tag}"


def git(root: Path, *arguments: str) -> str:
    """Return what git says in ``root``; CalledProcessError where it fails."""
    run = subprocess.run(
        ["git", "-c", "core.quotePath=false", *arguments], cwd=root, capture_output=True, text=True, check=True
    )
    return run.stdout.rstrip("\n")


if __name__ == "__main__":
    raise SystemExit(main())
