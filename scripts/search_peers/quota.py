"""A browser on a quarter of this machine: a browser's own throttling does not reach its workers, a CPU quota does."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
PERIOD = 10_000  # microseconds; short, so that a share of the time is a slower processor and not a pause
VERSION_1 = Path("/sys/fs/cgroup/cpu")
VERSION_2 = Path("/sys/fs/cgroup")


@contextmanager
def slowed(factor: int) -> Iterator[str | None]:
    """Yield a program that starts Chromium on 1/``factor`` of all processors, or None where no quota may be set.

    Linux only (cgroup version 1 or 2), and as root.
    """
    group = None
    folder = Path(tempfile.mkdtemp(prefix="slow-chromium-"))
    try:
        try:
            group, tasks = _group(PERIOD * (os.cpu_count() or 1) // factor)
        except OSError:
            yield None
            return
        program = folder / "chromium"
        program.write_text(f'#!/bin/sh\necho $$ > {tasks}\nexec {CHROMIUM} "$@"\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        yield str(program)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if group is not None:
            _remove(group)


def _group(quota: int) -> tuple[Path, Path]:
    """Make a group with a quota; return it and the file that takes processes."""
    if (VERSION_1 / "cpu.cfs_quota_us").is_file():
        group = VERSION_1 / f"bench-{os.getpid()}"
        group.mkdir(exist_ok=True)
        (group / "cpu.cfs_period_us").write_text(str(PERIOD))
        (group / "cpu.cfs_quota_us").write_text(str(quota))
        return group, group / "tasks"
    group = VERSION_2 / f"bench-{os.getpid()}"
    group.mkdir(exist_ok=True)
    (group / "cpu.max").write_text(f"{quota} {PERIOD}")
    return group, group / "cgroup.procs"


def _remove(group: Path) -> None:
    with suppress(OSError):  # a process of the browser may still be ending; an empty group does no harm
        group.rmdir()
