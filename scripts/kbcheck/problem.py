"""One finding, and its one canonical form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Problems = Iterator["Problem"]


@dataclass(frozen=True, order=True)
class Problem:
    """A place that breaks a rule.

    Field order is the sort order of every report. ``line`` and ``col`` count from 1, ``col`` in characters.
    """

    path: str
    line: int
    col: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.col} {self.code} {self.message}"


class UnreadableError(Exception):
    """A file that cannot be turned into data; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_text(path, name: str, code: str) -> str:
    """Return the text of ``path``, or raise ``UnreadableError`` with ``code`` at the first byte that is not UTF-8."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(
            Problem(name, 1, 1, code, f"文件读不出来（{error.strerror}）；请检查它是否存在、有无权限")
        ) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        col = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise UnreadableError(
            Problem(name, line, col, code, "文件必须是 UTF-8 编码；请用编辑器另存为 UTF-8")
        ) from error
