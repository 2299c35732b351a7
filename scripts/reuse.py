"""What earlier builds worked out and the next may use again: results of pure functions, by the hash of their inputs.

A result is used again only where the function's inputs, all code of the project and everything that is installed are
the same; on any doubt it is made anew. ``make clean`` forgets all of it. Also: work done beside other work, and by all
cores.
"""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
import pickle
import platform
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
MANY = 150  # jobs; for fewer, starting processes costs more than it saves
CHUNK = 16  # jobs that a process takes at once
# What a result may depend on beside its inputs: our code, and the locks of all that is installed.
CODE = ("scripts/**/*.py", "requirements*.txt", "package*.json")


class Kept:
    """Two folders with one file for each result: what this build has used so far, and what there is from before."""

    def __init__(self, folder: Path, code: str) -> None:
        self.now, self.before = folder / "now", folder / "before"
        self.code = code
        self.now.mkdir(parents=True, exist_ok=True)

    def __call__(self, work: Callable[..., T], *inputs: object) -> T:
        """Return ``work(*inputs)``, from an earlier build where that is known. ``work`` must depend on nothing else."""
        name = key_of(self.code, f"{work.__module__}.{work.__qualname__}", *inputs)
        found = self._find(name)
        return self._put(work(*inputs), name) if found is None else found

    def find(self, *inputs: object) -> Any:
        """Return what was put under these inputs, or None; a file that cannot be read counts as none."""
        return self._find(key_of(self.code, *inputs))

    def put(self, value: T, *inputs: object) -> T:
        """Keep ``value`` under these inputs and return it."""
        return self._put(value, key_of(self.code, *inputs))

    def _find(self, name: str) -> Any:
        with contextlib.suppress(OSError):  # it is not there, or was used before
            os.link(self.before / name, self.now / name)
        with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError, ValueError, AttributeError, ImportError):
            return pickle.loads((self.now / name).read_bytes())
        return None

    def _put(self, value: T, name: str) -> T:
        """Write all of a file or none: a build may be killed, and processes may write the same one."""
        file = self.now / name
        half = file.with_suffix(f".{os.getpid()}")
        half.write_bytes(pickle.dumps(value))
        half.replace(file)
        return value

    def forget(self) -> None:
        """Delete what this build, which has gone well, did not use."""
        shutil.rmtree(self.before, ignore_errors=True)
        self.now.rename(self.before)


def key_of(*inputs: object) -> str:
    """Return the hash of values: of text and bytes as they are, of others as they print themselves."""
    digest = hashlib.sha256()
    for each in inputs:
        data = each if isinstance(each, bytes) else (each if isinstance(each, str) else repr(each)).encode()
        digest.update(f"{type(each).__name__} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def code_of(root: Path) -> str:
    """Return the hash of everything that works on the inputs: the project's code, the locks, the interpreter."""
    files = sorted({file for pattern in CODE for file in root.glob(pattern)})
    texts = [(file.relative_to(root).as_posix(), file.read_bytes()) for file in files]
    return key_of(sys.version, platform.platform(), texts)


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Start ``work`` in a copy of this process and return what waits for its result.

    EOFError where the copy ended without one; what it raised stands on standard error.
    """
    context = multiprocessing.get_context("fork")
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=lambda: send.send(work()), daemon=True)
    process.start()
    send.close()

    def result() -> T:
        value = receive.recv()
        process.join()
        return value

    return result


def spread(work: Callable[[T], R], jobs: Sequence[T]) -> list[R]:
    """Return ``work`` of each job, in order; where there are many, done by copies of this process on all cores.

    So ``work`` must return or write to disk all that is to last.
    """
    cores = os.cpu_count() or 1
    if len(jobs) < MANY or cores < 2:
        return [work(job) for job in jobs]
    global _work
    _work = work
    with multiprocessing.get_context("fork").Pool(cores) as pool:
        return pool.map(_one, jobs, chunksize=CHUNK)


_work: Callable  # what the copies inherit, since a closure cannot be sent to them


def _one(job: Any) -> Any:
    return _work(job)
