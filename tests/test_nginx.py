"""deploy/nginx.conf in a real nginx on this machine: what it sends, how long it may be kept, what it refuses."""

from __future__ import annotations

import gzip
import json
import os
import pwd
import re
import select
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import deploy
import headers
import pack

PROJECT = Path(__file__).resolve().parent.parent
SITE = PROJECT / "site"
GUIDE = "/steps/file-appeal/"
# The few files that the tests ask for: packing the whole site takes half a minute.
PARTS = ("index.html", "404.html", "_headers", "steps/*/index.html", "assets/**/*", "llms.txt", "faq.md", "feed.xml")
PARTS += ("search/search_index.json", "search/index.html", "search/*/*.json", "templates/appeal-letter/*.docx")
TEXT = "application/javascript; charset=utf-8"
IMMUTABLE = "public, max-age=31536000, immutable"
MAIN = """{user}pid {root}/nginx.pid; error_log {root}/error.log; include /etc/nginx/modules-enabled/*.conf;
worker_processes 1; pcre_jit on; events {{ worker_connections 256; }}
http {{ access_log off; {temporary} include {root}/kb.conf; }}"""
TEMPORARY = " ".join(
    f"{name}_temp_path {{root}}/tmp-{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
)


@dataclass
class Server:
    """An nginx with the site below ``prefix``."""

    port: int
    directory: Path
    command: list[str]
    prefix: str = ""

    def get(self, path: str, method: str = "GET", **sent: str) -> tuple[HTTPResponse, bytes]:
        """Ask for one path; header names are written with _ for -."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        names = {name.replace("_", "-"): value for name, value in sent.items()}
        connection.request(method, self.prefix + path, headers={"Host": "kb.invalid", **names})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def raw(self, data: bytes) -> bytes:
        """Send bytes as they are and return the answer until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(data)
            parts = []
            try:
                while part := connection.recv(65536):
                    parts.append(part)
            except ConnectionResetError:
                pass  # how nginx ends what took too long
        return b"".join(parts)


def configured(root: Path, port: int, directory: Path, prefix: str) -> str:
    """Return deploy/nginx.conf with this machine's paths; for a folder, changed as its own comment says."""
    text = (PROJECT / "deploy/nginx.conf").read_text("utf-8")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("    listen [::]:80;\n", "")
    for time_limit in ("client_header_timeout 10s", "client_body_timeout 10s"):
        assert time_limit in text
        text = text.replace(time_limit, time_limit.replace("10s", "1s"))
    if prefix:
        text = text.replace("root /srv/kb/current;", "root /srv/kb/public;")
        text = text.replace("error_page 404 /404.html;", f"error_page 404 {prefix}/404.html;")
    (root / "kb.conf").write_text(text.replace("/srv/kb", str(directory)), "utf-8")
    user = "user root; " if os.geteuid() == 0 else ""
    return MAIN.format(user=user, root=root, temporary=TEMPORARY.format(root=root))


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the site, packed."""
    folder = tmp_path_factory.mktemp("package")
    for file in {file for part in PARTS for file in SITE.glob(part) if file.is_file()}:
        target = folder / "site" / file.relative_to(SITE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, target)
    pack.pack(folder / "site", folder / "dist")
    return folder / "dist"


@pytest.fixture(scope="module", params=["", "/kb"], ids=["at-the-root", "in-a-folder"])
def server(request: pytest.FixtureRequest, package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The package, deployed, and nginx in front of it."""
    root = tmp_path_factory.mktemp("nginx")
    directory = root / "kb"
    assert deploy.main([str(directory), "--from", str(package)]) == 0
    (directory / "public").mkdir()
    (directory / "public/kb").symlink_to("../current")
    port = free_port()
    (root / "nginx.conf").write_text(configured(root, port, directory, request.param), "utf-8")
    command = ["/usr/sbin/nginx", "-c", str(root / "nginx.conf"), "-e", str(root / "error.log")]
    subprocess.run(command, check=True, capture_output=True)  # returns once it listens
    yield Server(port, directory, command, request.param)
    subprocess.run([*command, "-s", "quit"], check=True, capture_output=True)


def test_pages_come_compressed_with_the_headers_and_are_asked_for_again(server: Server) -> None:
    for accept, coding in (("gzip", "gzip"), ("br, gzip", "br"), ("identity", None)):
        answer, body = server.get(GUIDE, Accept_Encoding=accept)
        assert answer.status == 200
        assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
        assert answer.getheader("Content-Encoding") == coding
        if coding != "br":
            text = gzip.decompress(body) if coding else body
            assert text == (SITE / GUIDE.strip("/") / "index.html").read_bytes()
    assert answer.getheader("Server") == "nginx"
    assert answer.getheader("Cache-Control") == "no-cache"
    assert answer.getheader("Vary") == "Accept-Encoding"
    for name, value in headers.read(SITE).items():
        assert answer.getheader(name) == value
    again, body = server.get(GUIDE, If_None_Match=answer.getheader("ETag"))
    assert (again.status, body) == (304, b"")


def test_each_file_may_be_kept_as_long_as_its_name_says(server: Server) -> None:
    script = next((SITE / "assets/kb").glob("site.*.js")).relative_to(SITE)
    style = next((SITE / "assets/kb").glob("site.*.css")).relative_to(SITE)
    core = next((SITE / "search").glob("*/core.json")).relative_to(SITE)
    kept = {script: IMMUTABLE, style: IMMUTABLE, core: IMMUTABLE, Path("assets/icon.svg"): "public, max-age=3600"}
    kept |= {Path(name): "no-cache" for name in ("search/search_index.json", "llms.txt", "faq.md", "feed.xml")}
    for path, kept_for in kept.items():
        answer, _ = server.get(f"/{path}")
        assert (answer.status, answer.getheader("Cache-Control")) == (200, kept_for), path
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert answer.getheader("Content-Security-Policy") == headers.NOT_A_PAGE
    assert server.get(f"/{script}")[0].getheader("Content-Type") == TEXT
    assert server.get("/faq.md")[0].getheader("Content-Type") == "text/markdown; charset=utf-8"
    word = next((SITE / "templates/appeal-letter").glob("*.docx")).relative_to(SITE)
    assert "wordprocessingml" in server.get(f"/{word}")[0].getheader("Content-Type")


def test_what_is_not_there_shows_our_page_and_is_not_kept(server: Server) -> None:
    for path in ("/no/such/page/", "/_headers", "/.hidden", "/../headers.conf", "/SHA256SUMS", "/assets/"):
        answer, body = server.get(path)
        assert answer.status in (400, 403, 404), path
        assert answer.getheader("Content-Security-Policy"), path
        assert answer.getheader("Cache-Control") == "no-store", path
        if answer.status == 404:
            assert "没有找到这一页".encode() in body, path
    gone, _ = server.get("/assets/kb/site.00000000.js")
    assert (gone.status, gone.getheader("Cache-Control")) == (404, "no-store")


def test_address_without_its_slash_leads_on_without_a_host(server: Server) -> None:
    answer, _ = server.get(GUIDE.rstrip("/"))
    assert (answer.status, answer.getheader("Location")) == (301, server.prefix + GUIDE)


def test_nothing_is_taken_but_requests_to_read(server: Server) -> None:
    assert server.get("/", "HEAD")[0].status == 200
    for method in ("POST", "PUT", "DELETE", "TRACE"):
        assert server.get("/", method)[0].status in (403, 405)


def test_huge_headers_and_slow_readers_are_sent_away(server: Server) -> None:
    start = f"GET {server.prefix}/ HTTP/1.1\r\nHost: kb.invalid\r\n".encode()
    assert server.raw(start + b"X: " + b"a" * 9000 + b"\r\n\r\n").startswith(b"HTTP/1.1 400")
    many = b"".join(b"X%d: %s\r\n" % (number, b"a" * 4000) for number in range(20))
    assert server.raw(start + many + b"\r\n").startswith(b"HTTP/1.1 400")
    assert server.raw(b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 414")
    assert server.raw(start + b"X-Slow: a") == b""  # never finished: closed when its time (here 1 s) is over
    body = f"POST {server.prefix}/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n".encode()
    assert re.match(rb"HTTP/1.1 (403|413)", server.raw(body))


def test_a_new_version_is_served_at_once_and_old_scripts_stay(server: Server, package: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer"
    shutil.copytree(package, newer)
    old = next((newer / "site/assets/kb").glob("highlight.*.js"))
    for file in (old, *old.parent.glob(f"{old.name}.*")):
        file.unlink()
    (newer / "site/index.html").write_text("new")
    for packed in (".br", ".gz"):
        (newer / f"site/index.html{packed}").unlink()
    (newer / pack.SUMS).unlink()
    (newer / pack.SUMS).write_text(pack.sums(newer))
    assert deploy.main([str(server.directory), "--from", str(newer)]) == 0
    assert server.get("/")[1] == b"new"
    assert server.get(f"/assets/kb/{old.name}")[0].status == 200
    assert deploy.main([str(server.directory), "--rollback"]) == 0
    assert server.get("/")[1] == (SITE / "index.html").read_bytes()


def test_search_works_in_a_browser(server: Server, browser: Browser) -> None:
    """Under the real headers, and in a folder: scripts, worker and index are found and allowed."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, service_workers="block")
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(f"http://127.0.0.1:{server.port}{server.prefix}{GUIDE}")
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("申诉")
    page.locator(".md-search-result__item mark").first.wait_for()
    context.close()
    assert faults == []


def test_the_same_files_are_packed_to_the_same_bytes(package: Path, tmp_path: Path) -> None:
    few = tmp_path / "site"
    for name in ("index.html", "404.html", "_headers", "assets/icon.svg"):
        (few / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SITE / name, few / name)
    (few / "index.html").chmod(0o600)  # as under a strict umask
    for name in ("one", "two"):
        pack.pack(few, tmp_path / name)
    assert (tmp_path / "one/site/index.html").stat().st_mode & 0o777 == 0o644
    before = (tmp_path / "one" / pack.SUMS).read_text("utf-8")
    assert (tmp_path / "two" / pack.SUMS).read_text("utf-8") == before
    pack.pack(few, tmp_path / "one")  # what was compressed before is taken over
    assert (tmp_path / "one" / pack.SUMS).read_text("utf-8") == before
    assert "site/index.html.br" in before
    assert "icon.svg.gz" not in before  # too small to be worth it
    [line] = [line for line in before.splitlines() if line.endswith("site/index.html.br")]
    assert line in (package / pack.SUMS).read_text("utf-8").splitlines()


# The container: its recipe followed here, below a folder in the place of the root.


@pytest.fixture
def container(package: Path) -> Iterator[Path]:
    """A folder with what the recipe copies where, its RUN for the port done; only its tmp can be written."""
    root = Path(tempfile.mkdtemp(prefix="container"))  # not below tmp_path, which other users may not enter
    recipe = (PROJECT / "deploy/Containerfile").read_text("utf-8")
    for source, target in re.findall(r"(?m)^COPY (\S+) /(\S+)$", recipe):
        found = package / source.removeprefix("dist/") if source.startswith("dist/") else PROJECT / source
        if found.is_dir():
            shutil.copytree(found, root / target)
        else:
            (root / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(found, root / target)
    (edits,) = re.findall(r"(?m)^RUN (sed .*)$", recipe)
    subprocess.run(edits.replace("/etc/nginx", f"{root}/etc/nginx"), shell=True, check=True)
    for name in ("kb.conf", "container.conf"):
        file = root / "etc/nginx" / name
        moved = re.sub(r"(?<=[ ;])/(srv|tmp|etc/nginx/kb)\b", rf"{root}/\1", file.read_text("utf-8"))
        file.write_text(moved.replace("listen [::]:8080;", ""), "utf-8")
    (root / "tmp").mkdir()
    subprocess.run(["chmod", "-R", "a-w,a+rX", root], check=True)
    (root / "tmp").chmod(0o777)
    yield root
    subprocess.run(["chmod", "-R", "u+w", root], check=True)
    shutil.rmtree(root)


def test_container_serves_without_root_and_writes_to_tmp_alone(container: Path) -> None:
    recipe = (PROJECT / "deploy/Containerfile").read_text("utf-8")
    start = [part.replace("/etc/nginx", f"{container}/etc/nginx") for part in json.loads(recipe.rpartition("CMD ")[2])]
    assert start[-1] == "daemon off;"
    assert "USER www-data" in recipe.splitlines()
    user = {"user": "www-data", "group": "www-data", "extra_groups": []} if os.geteuid() == 0 else {}
    port, config = free_port(), container / "etc/nginx/kb.conf"
    config.chmod(0o644)
    text = config.read_text("utf-8")
    assert text.count("listen 8080;") == 1
    config.write_text(text.replace("listen 8080;", f"listen 127.0.0.1:{port};"), "utf-8")
    there = {path for path in container.rglob("*") if container / "tmp" not in path.parents}
    command = [*start[:-1], "daemon on;"]  # returns once it listens
    with (container / "tmp/said").open("w") as said:  # nginx holds on to where it reports, so not a pipe
        subprocess.run(command, check=True, stdout=said, stderr=said, **user)
    try:
        answer, body = Server(port, container, command).get("/steps/file-appeal/")
        assert (answer.status, b"<!doctype html>" in body[:200].lower()) == (200, True)
        assert answer.getheader("Content-Security-Policy")
        pid = int((container / "tmp/nginx.pid").read_text())
        owner = Path(f"/proc/{pid}").stat().st_uid
        assert owner == (pwd.getpwnam("www-data").pw_uid if user else os.geteuid())
    finally:
        ended = os.pidfd_open(int((container / "tmp/nginx.pid").read_text()))
        signal.pidfd_send_signal(ended, signal.SIGQUIT)  # as the recipe's STOPSIGNAL
        assert select.select([ended], [], [], 20)[0]  # it takes its files away before it ends
        os.close(ended)
    assert {path for path in container.rglob("*") if container / "tmp" not in path.parents} == there
