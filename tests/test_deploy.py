"""Putting a package in place: whole or not at all, whatever happens in between."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import deploy
from pack import sums

SCRIPT = Path(deploy.__file__)
OLD, NEW = "assets/kb/site.0000000{}.js", "'sha256-{}'"
# Runs deploy.py and is killed, without a word, the second time or the first that it comes to this step.
KILLED = (
    "import deploy, os, sys\ndef step(name):\n if name == sys.argv[1]: os.kill(os.getpid(), 9)\ndeploy.step = step\n"
)
KILLED += "sys.exit(deploy.main(sys.argv[2:]))"
STEPS = ["copied", "staged", "placed", "written", "allowed", "linked", "switched", "pruned"]


def package(root: Path, version: int) -> Path:
    """A small package, as pack.py makes it; each version has a script and a policy of its own."""
    folder = root / f"package-{version}"
    files = {name: f"{name} {version}" for name in ("site/index.html", "site/404.html", "site/steps/index.html")}
    files |= {"site/_headers": "/*\n", "site/same.svg": "<svg/>", "site/" + OLD.format(version): f"script {version}"}
    files |= {"headers.conf": f"map $a $kb_policy {{ ~^text/html \"script-src 'self' {NEW.format(version)}; x\"; }}\n"}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / deploy.SUMS).write_text(sums(folder))
    return folder


def run(target: Path, source: Path | None = None, *more: str) -> int:
    return deploy.main([str(target), *(["--from", str(source)] if source else []), *more])


def served(target: Path) -> str:
    """Return which version is served, after making sure that it is whole and of one piece."""
    release = (target / "current").resolve().parent
    assert deploy.faults(release, deploy.read_sums(release)) == []
    texts = [(target / "current" / name).read_text() for name in ("index.html", "404.html", "steps/index.html")]
    [version] = {text.rpartition(" ")[2] for text in texts}
    assert NEW.format(version) in (target / "headers.conf").read_text()
    return version


def everything(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): str(path.readlink()) if path.is_symlink() else path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


@pytest.fixture
def packages(tmp_path: Path) -> list[Path]:
    return [package(tmp_path, version) for version in range(6)]


@pytest.fixture
def target(tmp_path: Path, packages: list[Path]) -> Path:
    """A target with versions 1 and 2; 2 is served."""
    directory = tmp_path / "kb"
    assert run(directory, packages[1]) == run(directory, packages[2]) == 0
    assert served(directory) == "2"
    return directory


def test_new_versions_and_the_way_back(target: Path, packages: list[Path], capsys: pytest.CaptureFixture) -> None:
    assert run(target, packages[2]) == 0
    assert "已经是现在的版本" in capsys.readouterr().out
    assert run(target, None, "--rollback") == 0
    assert served(target) == "1"
    assert run(target, None, "--rollback") == 1
    assert "没有更早的版本" in capsys.readouterr().err
    assert run(target, packages[3], "--keep", "2") == 0  # the one that was rolled back from is gone
    assert served(target) == "3"
    assert run(target, None, "--rollback") == 0
    assert served(target) == "1"
    assert run(target, packages[4], "--keep", "2") == run(target, packages[5], "--keep", "2") == 0
    assert [path.name[:4] for path in deploy.releases(target)] == ["0004", "0005"]


def test_pages_open_in_readers_tabs_find_their_scripts(target: Path, packages: list[Path]) -> None:
    scripts = lambda: sorted(path.name[-4] for path in (target / "current/assets/kb").iterdir())  # noqa: E731
    assert scripts() == ["1", "2"]
    run(target, None, "--rollback")
    assert scripts() == ["1", "2"]
    for version in (3, 4, 5):
        run(target, packages[version], "--keep", "2")
    assert scripts() == ["3", "4", "5"]  # of what was there when it was put in place, no more
    policy = (target / "headers.conf").read_text()
    assert NEW.format(4) in policy
    assert NEW.format(1) not in policy


def test_unchanged_files_keep_their_date_and_changed_ones_do_not_share(target: Path) -> None:
    first, second = deploy.releases(target)
    assert (first / "site/same.svg").samefile(second / "site/same.svg")
    assert not (first / "site/index.html").samefile(second / "site/index.html")


def test_readable_by_the_web_server_under_a_strict_umask(tmp_path: Path, packages: list[Path]) -> None:
    before = os.umask(0o077)
    try:
        run(tmp_path / "kb", packages[1])
    finally:
        os.umask(before)
    for path in [tmp_path / "kb", *(tmp_path / "kb" / "releases").rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644)


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_site_is_whole_and_the_next_run_goes_on(
    target: Path, packages: list[Path], step: str
) -> None:
    options = [str(target), "--from", str(packages[3]), "--keep", "2"]
    command = [sys.executable, "-c", KILLED, step, *options]
    assert subprocess.run(command, cwd=SCRIPT.parent, check=False).returncode == -9
    assert served(target) == ("3" if step in ("switched", "pruned") else "2")
    assert deploy.main(options) == 0
    assert served(target) == "3"
    assert len(deploy.releases(target)) == 2
    assert [*target.rglob("*.new*"), *target.rglob(".old*")] == []


@pytest.mark.parametrize("step", STEPS[:6])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES])
def test_a_full_disk_or_a_closed_door_changes_nothing(
    target: Path,
    packages: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
    step: str,
    code: int,
) -> None:
    def fail(name: str) -> None:
        if name == step:
            raise OSError(code, "no", "/some/file")

    before = everything(target)
    monkeypatch.setattr(deploy, "step", fail)
    capsys.readouterr()
    assert run(target, packages[3]) == 1
    err = capsys.readouterr().err.splitlines()[-1]
    assert err.startswith("没有部署：/some/file：")
    assert ("磁盘满了" if code == errno.ENOSPC else "没有权限") in err
    after = everything(target)
    ignored = {
        "headers.conf",
        "headers.conf.new",
        ".reload",
        "current.new",
    }  # it allows one version more; a link that nobody follows
    assert {key: text for key, text in after.items() if key not in ignored} == {
        key: text for key, text in before.items() if key not in ignored
    }
    assert served(target) == "2"


def alter(source: Path, name: str, text: str | None) -> None:
    (source / name).unlink(missing_ok=True)
    if text is not None:
        (source / name).write_text(text)


FAULTS: dict[str, tuple[Callable[[Path, Path], object], str]] = {
    "not-packed": (lambda source, _: (source / deploy.SUMS).unlink(), "不是打好的包"),
    "cut-off": (lambda source, _: alter(source, "site/index.html", "site"), "没有传完"),
    "file-gone": (lambda source, _: alter(source, "site/steps/index.html", None), "少了 site/steps"),
    "too-many": (lambda source, _: alter(source, "site/more.html", "x"), "多了 site/more.html"),
    "not-a-site": (lambda source, _: alter(source, deploy.SUMS, f"{'0' * 64}  a.txt\n"), "不是本站的包"),
    "sums-cut-off": (lambda source, _: alter(source, deploy.SUMS, "12ab"), "写坏了"),
    "sums-lead-out": (lambda source, _: alter(source, deploy.SUMS, f"{'0' * 64}  ../x\n"), "写坏了"),
    "link-in-it": (lambda source, _: (source / "site/x").symlink_to("/etc"), "是链接"),
    "other-things": (lambda _, target: (target / "photo.jpg").write_text(""), "别的东西（photo.jpg）"),
    "foreign-link": (
        lambda _, target: ((target / "current").unlink(), (target / "current").symlink_to("/etc")),
        "不是本程序建的链接",
    ),
    "no-link": (lambda _, target: ((target / "current").unlink(), (target / "current").mkdir()), "不是本程序建的链接"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_is_refused_in_one_line(
    target: Path, packages: list[Path], capsys: pytest.CaptureFixture, name: str
) -> None:
    fault, message = FAULTS[name]
    fault(packages[3], target)
    before = everything(target)
    capsys.readouterr()
    assert run(target, packages[3]) == 1
    out = capsys.readouterr()
    assert (out.out, out.err.count("\n")) == ("", 1)
    assert message in out.err
    assert everything(target) == before


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_text("x"), "不是目录"),
        (lambda path: path.symlink_to("/tmp"), "符号链接"),
        (lambda path: shutil.copytree(path.parent / "package-1/site", path), "别的东西"),
    ],
)
def test_wrong_target_is_refused(
    tmp_path: Path, packages: list[Path], capsys: pytest.CaptureFixture, make: Callable[[Path], object], message: str
) -> None:
    make(tmp_path / "kb")
    before = everything(tmp_path)
    assert run(tmp_path / "kb", packages[1]) == 1
    assert message in capsys.readouterr().err
    assert everything(tmp_path) == before
    assert run(tmp_path / "no" / "kb", packages[1]) == 1
    assert "上一级目录" in capsys.readouterr().err


def test_no_room_is_told_before_anything_is_copied(
    target: Path, packages: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    usage = shutil.disk_usage(target)._replace(free=deploy.SPARE)
    monkeypatch.setattr(deploy.shutil, "disk_usage", lambda _: usage)
    before = everything(target)
    assert run(target, packages[3]) == 1
    assert "磁盘放不下" in capsys.readouterr().err
    assert everything(target) == before


def test_two_at_once_are_one_too_many(target: Path, packages: list[Path], capsys: pytest.CaptureFixture) -> None:
    with (target / deploy.LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert run(target, packages[3]) == 1
    assert "另一次部署" in capsys.readouterr().err
    assert served(target) == "2"


def test_server_is_told_of_a_new_policy_before_the_switch_and_never_without_need(
    tmp_path: Path, packages: list[Path], capsys: pytest.CaptureFixture
) -> None:
    target, log = tmp_path / "kb", tmp_path / "log"
    tell = f"sh -c 'readlink {target}/current >> {log}; grep -o sha256-. {target}/headers.conf >> {log}'"
    run(target, packages[1])
    assert run(target, packages[2], "--reload", tell) == 0
    [was, *allowed] = log.read_text().splitlines()
    assert was.startswith("releases/0001-")
    assert allowed == ["sha256-1", "sha256-2"]
    run(target, None, "--rollback", "--reload", tell)
    assert len(log.read_text().splitlines()) == 3
    assert run(target, packages[3], "--reload", "sh -c 'echo no >&2; exit 1'") == 1
    assert capsys.readouterr().err.endswith("」没有成功：no\n")
    assert served(target) == "1"
    assert run(target, packages[3]) == 0
    assert "请马上让网页服务器重新读" in capsys.readouterr().err


def test_a_damaged_release_is_put_in_place_anew(target: Path, packages: list[Path]) -> None:
    (target / "current/same.svg").write_text("damaged")
    assert run(target, packages[2]) == 0
    assert served(target) == "2"
    assert (target / "current/same.svg").read_text() == "<svg/>"


def test_package_brings_its_own_deploy_script(tmp_path: Path, packages: list[Path]) -> None:
    """As on a server that has nothing but Python: the script stands in the package."""
    shutil.copy(SCRIPT, packages[1])
    (packages[1] / deploy.SUMS).unlink()
    (packages[1] / deploy.SUMS).write_text(sums(packages[1]))
    command = [sys.executable, "-I", str(packages[1] / "deploy.py"), str(tmp_path / "kb")]
    assert subprocess.run(command, check=False, capture_output=True, cwd="/").returncode == 0
    assert served(tmp_path / "kb") == "1"


def test_bad_usage_exits_2(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(tmp_path, None, "--keep", "1")
