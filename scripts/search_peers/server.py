"""Serve a folder on this machine with nginx, as a host does: connections are kept, what was compressed is sent so."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .outcome import BenchError

CONFIG = """\
daemon off; master_process off; pid {home}/pid; error_log {home}/error.log;
include /etc/nginx/modules-enabled/*.conf;
events {{ worker_connections 256; }}
http {{
  include /etc/nginx/mime.types;
  types {{ application/wasm wasm; text/javascript mjs; }}
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on;
  client_body_temp_path {home}/1; proxy_temp_path {home}/2; fastcgi_temp_path {home}/3;
  uwsgi_temp_path {home}/4; scgi_temp_path {home}/5;
  charset utf-8; charset_types text/css text/xml text/plain application/javascript application/json;
  gzip off; gzip_static on; brotli_static on; gzip_vary on;
  server {{ listen 127.0.0.1:{port}; root {folder}; error_page 404 /404.html; }}
}}
"""
PATIENCE = 5.0  # seconds


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Yield the address at which the folder is served; BenchError where nginx is not there or does not start."""
    if not (program := shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")):
        raise BenchError("没有 nginx；请先运行 apt-get install nginx-light libnginx-mod-http-brotli-static")
    home = Path(tempfile.mkdtemp(prefix="bench-nginx-"))
    port = _free_port()
    (home / "conf").write_text(CONFIG.format(home=home, port=port, folder=folder), "utf-8")
    process = subprocess.Popen([program, "-e", home / "error.log", "-c", home / "conf"], stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/"
        _wait(process, address, home / "error.log")
        yield address
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(home, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(process: subprocess.Popen, address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
    reason = log.read_text("utf-8", "replace").strip().splitlines()[-1:] if log.is_file() else []
    raise BenchError(f"nginx 没有起来：{''.join(reason) or '没有说明'}")
