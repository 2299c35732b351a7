"""One finding, and its one canonical form."""

from __future__ import annotations

from dataclasses import dataclass

ERROR, WARNING = "error", "warning"
MAX_BYTES = 20_000_000  # of a file of data; nothing written by hand comes near


@dataclass(frozen=True, order=True)
class Problem:
    """A place that breaks a rule.

    Field order is the sort order of every report. ``line`` and ``col`` count from 1, ``col`` in characters.
    ``target`` is the address that the problem is about, as written, where there is one. A warning does not fail a run.
    """

    path: str
    line: int
    col: int
    code: str
    message: str
    target: str = ""
    severity: str = ERROR

    def __str__(self) -> str:
        note = "" if self.severity == ERROR else "（警告）"
        return f"{self.path}:{self.line}:{self.col} {self.code} {note}{self.message}"


class UnreadableError(Exception):
    """A file that cannot be turned into data; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_text(path, name: str, code: str, limit: int = MAX_BYTES) -> str:
    """Return the text of ``path``.

    Raises ``UnreadableError`` with ``code`` where it cannot be read, is larger than ``limit`` bytes, or is not UTF-8.
    """
    try:
        if (size := path.stat().st_size) > limit:
            message = f"文件有 {size / 1e6:.1f} MB，最多 {limit / 1e6:.0f} MB；请拆开"
            raise UnreadableError(Problem(name, 1, 1, code, message))
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
