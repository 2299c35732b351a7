#!/usr/bin/env python3
"""Put a packed site (``make pack``) in place on this machine, all at once or not at all. Standard library only.

``deploy.py DIR`` keeps, in DIR: ``releases/<number>-<digest>/``, each a whole package; ``current``, a link to the
files of one of them, which the web server serves; ``headers.conf`` for nginx. Everything is copied and verified beside
what is served; then one rename switches. A run that was killed leaves nothing that the next one minds.
Exit code 0: done; 1: refused, in one line, and the site is as it was; 2: bad usage.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

HERE = Path(__file__).resolve().parent
SUMS, HEADERS = "SHA256SUMS", "headers.conf"
RELEASES, CURRENT, STAGE, LOCK, PENDING = "releases", "current", ".new", ".lock", ".reload"
OURS = {RELEASES, CURRENT, HEADERS, LOCK, PENDING, f"{CURRENT}.new", f"{HEADERS}.new", "public"}
WHOLE = ("site/index.html", "site/404.html", "site/_headers", HEADERS)  # without these it is no site of ours
SUM_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
NAME = re.compile(r"(\d{4,})-[0-9a-f]{8}")
# Files named by what is in them: pages that are open in readers' tabs may still ask for those of earlier releases.
LASTING = re.compile(
    r"site/(?:assets/kb/[^/]+\.[0-9a-f]{8}\.(?:js|css)|search/[0-9a-f]{12}/[^/]+\.json)"
    r"(?:\.br|\.gz)?"
)
HASHES = re.compile(r"'sha256-[^']+'(?: 'sha256-[^']+')*")
SPARE = 1 << 20  # bytes that must stay free on the disk


class RefusedError(Exception):
    """The site cannot be put in place; the message says why and what to do. Nothing that is served has changed."""


def main(argv: list[str] | None = None) -> int:
    """Deploy or roll back; returns the exit code."""
    parser = argparse.ArgumentParser(prog="deploy.py", description="把打好的包（make pack）放到这台机器的网站目录")
    parser.add_argument("directory", type=Path, help="网站目录，例如 /srv/kb；里面由本程序管")
    parser.add_argument("--from", dest="package", type=Path, help="打好的包（默认：本程序所在的包，或 dist/）")
    parser.add_argument("--keep", type=int, default=5, help="一共留几个版本，至少 2（默认 5）")
    parser.add_argument("--rollback", action="store_true", help="换回前一个版本")
    parser.add_argument("--reload", help='响应头变了时运行的命令，例如 "systemctl reload nginx"')
    options = parser.parse_args(argv)
    if options.keep < 2:
        parser.error("--keep 至少是 2：要留一个换得回去的版本")
    package = options.package or (HERE if (HERE / SUMS).is_file() else HERE.parent / "dist")
    try:
        listed = {} if options.rollback else check_package(package)
        with locked(options.directory):
            if options.rollback:
                print(f"已换回 {roll_back(options.directory, options.reload)}")
            else:
                print(deploy(package, listed, options.directory, options.keep, options.reload))
    except (RefusedError, OSError) as error:
        print(f"没有部署：{error if isinstance(error, RefusedError) else said(error)}", file=sys.stderr)
        return 1
    return 0


def said(error: OSError) -> str:
    """Return what the system refused, in words."""
    reasons = {28: "磁盘满了；请腾出地方再试", 122: "超过磁盘配额；请腾出地方再试", 30: "磁盘是只读的；请换一个目录"}
    reasons |= {13: "没有权限；请用有写权限的用户运行", 1: "没有权限；请用有写权限的用户运行"}
    return f"{error.filename or '目录'}：{reasons.get(error.errno, error.strerror or str(error))}"


def step(_name: str) -> None:
    """A moment between two steps. It does nothing; tests pull the plug here."""


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Make sure that ``directory`` is ours, or new, and that nobody else is at work in it."""
    check_target(directory)
    make_folder(directory)
    with (directory / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedError(f"{directory} 正在被另一次部署使用；请等它结束") from None
        yield


def check_target(directory: Path) -> None:
    """Refuse a directory that holds something else, or links that lead out of it."""
    if directory.is_symlink() or (directory / RELEASES).is_symlink():
        raise RefusedError(f"{directory} 或其中的 {RELEASES} 是符号链接；请给真正的目录")
    if not directory.exists():
        if not directory.parent.is_dir():
            raise RefusedError(f"{directory.parent} 不存在；请先建好上一级目录")
        return
    if not directory.is_dir():
        raise RefusedError(f"{directory} 不是目录；请给一个目录")
    if strange := sorted(path.name for path in directory.iterdir() if path.name not in OURS):
        raise RefusedError(f"{directory} 里有别的东西（{strange[0]}）；请给一个空目录，或以前部署用的目录")
    current = directory / CURRENT
    if os.path.lexists(current) and not (current.is_symlink() and release_of(directory)):
        raise RefusedError(f"{current} 不是本程序建的链接；请移走它再试")


def release_of(directory: Path) -> str:
    """Return the name of the release that is served, or nothing where ``current`` is no link to one."""
    link = directory / CURRENT
    parts = link.readlink().parts if link.is_symlink() else ()
    good = len(parts) == 3 and parts[0] == RELEASES and NAME.fullmatch(parts[1]) and parts[2] == "site"
    return parts[1] if good and link.is_dir() else ""


def releases(directory: Path) -> list[Path]:
    """Return the whole releases, oldest first."""
    folder = directory / RELEASES
    found = [path for path in folder.iterdir() if NAME.fullmatch(path.name)] if folder.is_dir() else []
    return sorted(found, key=number)


def number(release: Path) -> int:
    """Return which release it is, counted from 1."""
    return int(release.name.partition("-")[0])


def deploy(package: Path, listed: dict[str, str], directory: Path, keep: int, reload: str | None) -> str:
    """Put ``package``, which lists these files, in place and return what was done."""
    served = release_of(directory)
    digest = hashlib.sha256((package / SUMS).read_bytes()).hexdigest()[:8]
    if served.endswith(digest) and not faults(directory / RELEASES / served, listed):
        release = directory / RELEASES / served
        switch(directory, release, reload)  # a run that was killed may not have come to the reload, nor to the end
        prune(directory, release, served, keep)
        return f"{served} 已经是现在的版本"
    older = releases(directory)
    release = directory / RELEASES / f"{number(older[-1]) + 1 if older else 1:04}-{digest}"
    try:
        place(package, release, listed, older)
        switch(directory, release, reload)
    finally:
        shutil.rmtree(release.with_name(STAGE), ignore_errors=True)
        if release_of(directory) != release.name:
            shutil.rmtree(release, ignore_errors=True)
    prune(directory, release, served, keep)
    return f"已部署 {release.name}（{len(listed)} 个文件）" + (f"；前一个是 {served}" if served else "")


def place(package: Path, release: Path, listed: dict[str, str], older: list[Path]) -> None:
    """Copy ``package`` to ``release``, which comes into being whole, with the lasting files of the older ones."""
    stage = release.with_name(STAGE)
    shutil.rmtree(stage, ignore_errors=True)
    copy(package, stage, listed, older)
    refuse_faults(stage, listed)
    keep_lasting(stage, older)
    step("staged")
    os.sync()
    stage.rename(release)
    step("placed")


def roll_back(directory: Path, reload: str | None) -> str:
    """Serve the release before the one that is served; returns its name."""
    served = release_of(directory)
    all_of_them = releases(directory)
    before = [each for each in all_of_them if served and number(each) < number(Path(served))]
    if not before:
        raise RefusedError("没有更早的版本可以换回")
    refuse_faults(before[-1], read_sums(before[-1]))
    keep_lasting(before[-1], all_of_them)
    switch(directory, before[-1], reload)
    return before[-1].name


def check_package(package: Path) -> dict[str, str]:
    """Return the files of a whole package with their digests; refuse anything else."""
    if not (package / SUMS).is_file():
        raise RefusedError(f"{package} 不是打好的包（没有 {SUMS}）；请先运行 make pack")
    listed = read_sums(package)
    if missing := [name for name in WHOLE if name not in listed]:
        raise RefusedError(f"{package} 不是本站的包（{SUMS} 里没有 {missing[0]}）；请先运行 make pack")
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package).as_posix()
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            raise RefusedError(f"包里的 {name} 是链接或特殊文件；请重新打包")
        if path.is_file() and name not in listed and name != SUMS and "__pycache__" not in path.parts:
            raise RefusedError(f"包里多了 {name}，{SUMS} 里没有；请重新打包")
    refuse_faults(package, listed)
    return listed


def read_sums(folder: Path) -> dict[str, str]:
    """Return what SHA256SUMS says, by name; a name that leads out of the folder is refused."""
    lines = [SUM_LINE.fullmatch(line) for line in (folder / SUMS).read_text("utf-8", "replace").splitlines()]
    listed = {line[2]: line[1] for line in lines if line}
    outside = [name for name in listed if name.startswith("/") or ".." in PurePosixPath(name).parts]
    if not lines or not all(lines) or outside:
        raise RefusedError(f"{folder / SUMS} 写坏了；请重新打包或重新上传")
    return listed


def faults(folder: Path, listed: dict[str, str]) -> list[str]:
    """Return what is wrong with each file that is missing or is not what it was when it was packed."""
    return [reason for name, digest in listed.items() if (reason := fault(folder / name, name, digest))]


def fault(file: Path, name: str, digest: str) -> str:
    """Return what is wrong with a file, or nothing."""
    if not file.is_file():
        return f"少了 {name}"
    same = hashlib.sha256(file.read_bytes()).hexdigest() == digest
    return "" if same else f"{name} 与 {SUMS} 不符，可能没有传完"


def refuse_faults(folder: Path, listed: dict[str, str]) -> None:
    """Refuse a folder in which something is wrong."""
    if found := faults(folder, listed):
        raise RefusedError(f"{folder}：{found[0]}（共 {len(found)} 处）；请重新打包或重新上传")


def copy(package: Path, stage: Path, listed: dict[str, str], older: list[Path]) -> None:
    """Copy the package; a file that has not changed is shared with the newest release, date and all."""
    newest = older[-1] if older else stage
    before = read_sums(newest) if older else {}
    same = {name for name, digest in listed.items() if before.get(name) == digest}
    same = {name for name in same if not fault(newest / name, name, listed[name])}
    size = sum((package / name).stat().st_size for name in listed if name not in same)
    make_folder(stage.parent)
    if shutil.disk_usage(stage.parent).free < size + SPARE:
        raise RefusedError(f"磁盘放不下：还要 {size / 1e6:.1f} MB；请腾出地方再试")
    for name in [*listed, SUMS]:
        make_folder((stage / name).parent)
        if name in same:
            os.link(newest / name, stage / name)
        else:
            shutil.copyfile(package / name, stage / name)
            (stage / name).chmod(0o644)  # whatever the umask: the web server is another user
            step("copied")


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, that the web server can enter whatever the umask is."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir()
        folder.chmod(0o755)


def keep_lasting(release: Path, others: list[Path]) -> None:
    """Let ``release`` also have the lasting files of the others, but not of those that they had from yet others."""
    for other in others:
        for name in filter(LASTING.fullmatch, read_sums(other)):
            target = release / name
            if other != release and not target.exists() and (other / name).is_file():
                make_folder(target.parent)
                os.link(other / name, target)


def switch(directory: Path, release: Path, reload: str | None) -> None:
    """Let nginx know the scripts of every release, then serve this one."""
    allow(directory, release, reload)
    step("allowed")
    link = directory / f"{CURRENT}.new"
    link.unlink(missing_ok=True)
    link.symlink_to(f"{RELEASES}/{release.name}/site")
    step("linked")
    link.replace(directory / CURRENT)
    step("switched")


def allow(directory: Path, release: Path, reload: str | None) -> None:
    """Write ``headers.conf`` with the hashes of every release, so that the switch, and back, needs no other policy.

    What a page itself carries allows its own scripts alone, so nothing is lost.
    """
    texts = [(each / HEADERS).read_text("utf-8") for each in releases(directory)]
    every = " ".join(sorted({each for text in texts for found in HASHES.findall(text) for each in found.split()}))
    text = HASHES.sub(lambda _: every, (release / HEADERS).read_text("utf-8"))
    file, pending = directory / HEADERS, directory / PENDING
    before = file.read_text("utf-8") if file.is_file() else None
    if before != text:
        if before is not None:
            pending.touch()  # until the server has read it, even if this run is killed
        new = directory / f"{HEADERS}.new"
        new.write_text(text, "utf-8")
        new.replace(file)
        step("written")
    if pending.exists() and reload:
        run = subprocess.run(shlex.split(reload), capture_output=True, text=True, check=False)
        if run.returncode:
            if before is not None:
                file.write_text(before, "utf-8")
            raise RefusedError(f"「{reload}」没有成功：{(run.stderr.strip() or '没有说明').splitlines()[-1]}")
        pending.unlink()
    elif pending.exists():
        print(f"响应头变了：请马上让网页服务器重新读 {file}（下次用 --reload）", file=sys.stderr)


def prune(directory: Path, release: Path, served: str, keep: int) -> None:
    """Delete the oldest releases, and those that were rolled back from or that a killed run left behind."""
    others = [each for each in releases(directory) if each != release]
    left = [each for each in others if not served or number(each) > number(Path(served))]
    older = [each for each in others if each not in left]
    for each in [*left, *older[: -(keep - 1)]]:
        step("pruned")
        doomed = each.with_name(f".old-{each.name}")  # at once: half of a release must not count as one
        each.rename(doomed)
        shutil.rmtree(doomed)
    for rest in (directory / RELEASES).glob(".old-*"):
        shutil.rmtree(rest)


if __name__ == "__main__":
    raise SystemExit(main())
