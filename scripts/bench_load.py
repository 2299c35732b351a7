"""How many readers one machine serves: wrk against deploy/nginx.conf, beside a bare nginx with one file as the limit.

Both are the same process, of one worker, and send the same compressed bytes of one page, over connections that are
kept alike, without a log; the bare one has a short path, no compression to look for and no headers of its own. CPU time
is that of the worker alone, so it can be compared on a machine that does other things too; requests a second cannot.
Then deploys and rolls back while wrk and readers of pages are at work: none may fail, none may get parts of both. Needs
``make pack``, nginx-light and wrk (Debian). Everything runs on this machine, in a temporary folder. Prints Markdown.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from contextlib import ExitStack, redirect_stdout
from http.client import HTTPConnection
from io import StringIO
from pathlib import Path
from urllib.request import urlopen

import deploy
import pack

PROJECT = Path(__file__).resolve().parent.parent
OURS, BARE = "127.0.0.1:8481", "127.0.0.1:8482"
PAGE = "/steps/file-appeal/"
CONNECTIONS, SECONDS, ROUNDS = (1, 64, 512), 2, 5
MAIN = """user root; worker_rlimit_nofile 4096; pid {root}/pid; error_log {root}/error.log;
include /etc/nginx/modules-enabled/*.conf; worker_processes 1; pcre_jit on; events {{ worker_connections 2048; }}
http {{ access_log off; include {root}/kb.conf;
server {{ listen {bare}; root {root}/bare; sendfile on; tcp_nopush on; keepalive_requests 1000; }} }}"""


def main() -> int:
    """Measure and print; returns 1 where a reader was served badly."""
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        root.chmod(0o755)
        command = prepare(root)
        subprocess.run(command, check=True)
        stack.callback(subprocess.run, [*command, "-s", "stop"], check=True)
        print("| 连接 | 本站：次/秒 | p99 | CPU | 只有一个文件的 nginx：次/秒 | p99 | CPU | 次/秒之比 | CPU 之比 |")
        print("|---|---|---|---|---|---|---|---|---|")
        for connections in CONNECTIONS:
            print(row(connections, worker(root)))
        return report(root, command)


def prepare(root: Path) -> list[str]:
    """Deploy the package, put one compressed page where the bare server finds it, and return nginx's command."""
    quietly(["--from", str(PROJECT / "dist"), str(root / "kb")])
    (root / "bare").mkdir()
    shutil.copyfile(root / "kb/current" / f"{PAGE.strip('/')}/index.html.br", root / "bare/page")
    text = (PROJECT / "deploy/nginx.conf").read_text("utf-8").replace("/srv/kb", str(root / "kb"))
    text = text.replace("listen 80;", f"listen {OURS};").replace("    listen [::]:80;\n", "")
    (root / "kb.conf").write_text(text, "utf-8")
    (root / "nginx.conf").write_text(MAIN.format(root=root, bare=BARE), "utf-8")
    return ["/usr/sbin/nginx", "-c", str(root / "nginx.conf"), "-e", str(root / "error.log")]


def quietly(options: list[str]) -> None:
    """Run deploy.py in this process; RuntimeError where it refuses."""
    with redirect_stdout(StringIO()):
        if deploy.main(options):
            raise RuntimeError("deploy.py refused")


def worker(root: Path) -> Path:
    """Return where the system tells how long nginx's one worker has run; it is there once it has answered."""
    urlopen(f"http://{BARE}/page").close()
    main_process = (root / "pid").read_text("utf-8").strip()
    children = Path(f"/proc/{main_process}/task/{main_process}/children").read_text("utf-8").split()
    return Path(f"/proc/{children[0]}/schedstat")


def row(connections: int, ran: Path) -> str:
    """Measure both servers in turn, several times, and return the medians."""
    urls = (f"http://{OURS}{PAGE}", f"http://{BARE}/page")
    measured = [[wrk(url, connections, ran) for url in urls] for _ in range(ROUNDS)]
    cells = []
    for side in (0, 1):
        rate, late, cpu = (statistics.median(one[side][name] for one in measured) for name in ("rate", "p99", "cpu"))
        cells += [f"{rate:,.0f}", f"{late:.1f} ms", f"{cpu:.1f} µs"]
    cells.append(f"{statistics.median(ours['rate'] / bare['rate'] for ours, bare in measured):.0%}")
    cells.append(f"{statistics.median(bare['cpu'] / ours['cpu'] for ours, bare in measured):.0%}")
    return f"| {connections} | {' | '.join(cells)} |"


def wrk(url: str, connections: int, ran: Path, seconds: int = SECONDS) -> dict[str, float]:
    """Run wrk; return requests a second, p99 in milliseconds, CPU microseconds a request, and how many failed."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency", "-H", "Accept-Encoding: br", url]
    before = nanoseconds(ran)
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    cpu = (nanoseconds(ran) - before) / 1000 / int(re.search(r"(\d+) requests in", out)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)\b", out).groups()
    failed = sum(map(int, re.findall(r"(?:connect|read|write|timeout|responses:) (\d+)", out)))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    return {"rate": rate, "p99": float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit], "cpu": cpu, "failed": failed}


def nanoseconds(ran: Path) -> int:
    """Return how long the worker has run; 0 where it has ended, as after a reload."""
    return int(ran.read_text("utf-8").split()[0]) if ran.is_file() else 0


def report(root: Path, command: list[str]) -> int:
    """Switch to and fro under load, print what readers got, and return the exit code."""
    newer, reload = root / "newer", " ".join([*command, "-s", "reload"])
    shutil.copytree(PROJECT / "dist", newer)
    for file in newer.glob("site/**/*.html"):
        file.write_text(file.read_text("utf-8").replace("</body>", "<!-- newer --></body>"), "utf-8")
        for packed in pack.PACKED:
            file.with_name(file.name + packed).unlink(missing_ok=True)
    (newer / pack.SUMS).unlink()
    (newer / pack.SUMS).write_text(pack.sums(newer), "utf-8")
    good = {(folder / "site" / PAGE.strip("/") / "index.html").read_bytes() for folder in (newer, PROJECT / "dist")}
    seen: list[bool] = []
    done = threading.Event()
    readers = [threading.Thread(target=read, args=(done, good, seen)) for _ in range(4)]
    load = {}
    readers.append(threading.Thread(target=lambda: load.update(wrk(f"http://{OURS}{PAGE}", 64, worker(root), 20))))
    for each in readers:
        each.start()
    switches = 0
    while readers[-1].is_alive():
        quietly([str(root / "kb"), "--from", str(newer), "--reload", reload])
        quietly([str(root / "kb"), "--rollback"])
        switches += 2
    done.set()
    for each in readers:
        each.join()
    bad = seen.count(False)
    print(
        f"\n换上、换回 {switches} 次，其间 wrk 每秒 {load['rate']:,.0f} 次，失败 {load['failed']:.0f} 次；"
        f"另有 {len(seen):,} 次逐字节核对，不对的 {bad} 次。"
    )
    return int(bool(bad or load["failed"]))


def read(done: threading.Event, good: set[bytes], seen: list[bool]) -> None:
    """Read the page until ``done``; note whether each answer was one of the ``good`` ones, whole."""
    while not done.is_set():
        connection = HTTPConnection(OURS, timeout=30)
        connection.request("GET", PAGE)
        answer = connection.getresponse()
        seen.append(answer.status == 200 and answer.read() in good)
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
