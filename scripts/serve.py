"""Serve the built site for a look, on this machine only. Build again in another terminal and reload."""

from __future__ import annotations

import argparse
import functools
import sys
from contextlib import suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

import headers

SITE = Path(__file__).resolve().parent.parent / "site"


class Handler(SimpleHTTPRequestHandler):
    """Serves without caching and with the site's headers, shows our 404 page, and prints nothing."""

    def end_headers(self) -> None:
        for name, value in headers.read(Path(self.directory)).items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:
        """A reader who leaves before the page has come is no fault."""
        with suppress(ConnectionError):
            super().copyfile(source, outputfile)

    def log_message(self, *_args: object) -> None:
        """Stay quiet: the terminal shows the address, and that is enough."""


def main(argv: list[str] | None = None) -> int:
    """Serve until interrupted; returns the exit code."""
    parser = argparse.ArgumentParser(prog="serve.py", description="在本机预览生成好的网站")
    parser.add_argument("--port", type=int, default=8000, help="端口，0 表示任选一个空的（默认 8000）")
    port = parser.parse_args(argv).port
    if not (SITE / "index.html").is_file():
        print("还没有 site/；请先运行 make site", file=sys.stderr)
        return 2
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Handler, directory=str(SITE)))
    except (OSError, OverflowError) as error:
        print(f"端口 {port} 用不了（{error}）；请换一个：make serve PORT=8001", file=sys.stderr)
        return 2
    print(f"预览地址：http://127.0.0.1:{server.server_port}/", flush=True)
    print("改了内容，在另一个终端运行 make site 再刷新；按 Ctrl+C 结束", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
