"""What is given out: the list of what the site is made with, the question about vulnerabilities, and a release."""

from __future__ import annotations

import gzip
import json
import socket
import subprocess
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import audit
import build
import canary
import offline_zip
import pack
import release
import sbom
import version
from conftest import PROJECT

LOCKS = [*sorted(file.name for file in PROJECT.glob("requirements*.txt")), "package-lock.json"]


# What the site is made with.


@pytest.fixture(scope="module")
def parts() -> list[sbom.Part]:
    return sbom.parts(PROJECT)


def test_sbom_is_cyclonedx_and_the_same_every_time(parts: list[sbom.Part]) -> None:
    text = sbom.document(parts, version.read(PROJECT))
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str
    assert fault(text) is None
    assert fault(text.replace('"scope": "required"', '"scope": "given"', 1)) is not None
    assert sbom.document(sbom.parts(PROJECT), version.read(PROJECT)) == text
    fewer = json.loads(sbom.document(parts[1:], version.read(PROJECT)))
    bom = json.loads(text)
    assert fewer["serialNumber"] != bom["serialNumber"]
    by_name = {each["name"]: each for each in bom["components"]}
    assert by_name["pizzip"]["scope"] == "required"
    assert by_name["pizzip"]["hashes"][0]["alg"] == "SHA-512"
    assert by_name["mkdocs"]["scope"] == "excluded"
    assert "pytest" not in by_name  # for the tests only
    assert "typescript" not in by_name
    needs = {each["ref"]: each.get("dependsOn", []) for each in bom["dependencies"]}
    assert by_name["pako"]["bom-ref"] in needs[by_name["pizzip"]["bom-ref"]]
    assert by_name["jinja2"]["bom-ref"] in needs[by_name["mkdocs"]["bom-ref"]]


def test_every_package_has_a_licence_and_readers_get_the_texts(parts: list[sbom.Part]) -> None:
    assert [part.name for part in parts if not part.licence or part.licence == "UNKNOWN"] == []
    given = {part.name for part in parts if part.shipped}
    assert given == {*sbom.SHIPPED, "@xmldom/xmldom", "docxtemplater", "nzh", "pako", "pizzip"}
    text = sbom.listing(parts)
    assert "| docxtemplater | " in text
    for words in ("Copyright (c) 2016-2025 Martin Donath", "Pictogrammers Free License", "python-docx "):
        assert words in text


def test_site_carries_the_licences_of_what_it_gives_away(parts: list[sbom.Part]) -> None:
    """Where a dependency has changed: make sbom, and commit what it wrote."""
    assert (PROJECT / sbom.NOTICES).read_text("utf-8") == sbom.notices(parts)
    assert "Permission is hereby granted" in sbom.notices(parts)


def test_package_that_is_not_installed_as_locked_is_refused(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("mkdocs==0.0.1 \\\n    --hash=sha256:00\n")
    with pytest.raises(sbom.SbomError, match=r"mkdocs==0\.0\.1 没有装好；请先运行 make site"):
        sbom.parts(tmp_path)


# Known vulnerabilities.


class Lists(BaseHTTPRequestHandler):
    """Stands in for both public lists: lxml has a flaw, and so has pizzip."""

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        package = {"name": "lxml", "ecosystem": "PyPI"}
        fixed = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99"}]}]
        flaw = {"id": "X-1", "modified": "2026-01-01T00:00:00Z", "summary": "", "details": ""}
        flaw["affected"] = [{"package": package, "ranges": fixed}]
        known = {"id": 1, "url": "https://example.invalid/1", "title": "坏包", "severity": "high"}
        known |= {"vulnerable_versions": "<4", "cwe": [], "cvss": {"score": 7, "vectorString": None}}
        if "bulk" in self.path:
            self.answer({"pizzip": [known]} if b"pizzip" in gzip.decompress(asked) else {})
        else:
            self.answer({"vulns": [flaw]} if json.loads(asked)["package"]["name"] == "lxml" else {})

    def do_GET(self) -> None:
        self.send_error(404)  # npm also asks which versions there are; without an answer the locked one counts

    def answer(self, said: dict) -> None:
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def lists() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Lists) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_findings_are_told_and_so_is_what_could_not_be_asked(
    lists: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setenv("npm_config_cache", str(tmp_path))  # where npm remembers what it was told
    lock = tmp_path / "lock.txt"
    lock.write_text(f"lxml==6.1.3 --hash=sha256:{'0' * 64}\nmkdocs==1.6.1 --hash=sha256:{'0' * 64}\n")
    monkeypatch.setattr(audit, "LOCKS", (str(lock),))
    with socket.create_server(("127.0.0.1", 0)) as server:
        closed = f"http://127.0.0.1:{server.getsockname()[1]}"
    assert audit.main(["--osv", lists, "--registry", lists]) == audit.FOUND
    assert capsys.readouterr().out.splitlines() == [
        f"{lock}: lxml 6.1.3 有漏洞 X-1；改好的版本：99",
        "package-lock.json: pizzip <4 有漏洞（high）：坏包 https://example.invalid/1",
    ]
    assert audit.main(["--osv", closed, "--registry", closed]) == audit.UNKNOWN
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        f"没有查成 {lock}、package-lock.json：连不上（[Errno 111] Connection refused）；"
        "请在能上网的机器上再运行 make audit\n"
    )
    assert audit.main(["--osv", closed, "--registry", lists]) == audit.FOUND  # what is known counts
    assert f"没有查成 {lock}：" in capsys.readouterr().err


def test_audit_is_no_part_of_the_tests_and_asks_about_every_lock() -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    assert not [line for line in makefile.splitlines() if line.startswith(("test:", "check:")) and "audit" in line]
    assert {*audit.LOCKS, "requirements.txt", "package-lock.json"} == set(LOCKS)  # requirements-dev.txt has the first
    pins = {lock: set((PROJECT / lock).read_text("utf-8").splitlines()) for lock in LOCKS[:-1]}
    wanted = {line for line in pins["requirements.txt"] if "==" in line}
    assert wanted <= pins["requirements-dev.txt"]


def test_robot_that_proposes_updates_knows_every_lock() -> None:
    config = json.loads((PROJECT / ".github" / "renovate.json").read_text("utf-8"))
    assert sorted([*config["pip_requirements"]["managerFilePatterns"], "package-lock.json"]) == sorted(LOCKS)
    assert set(config["enabledManagers"]) == {"pip_requirements", "npm", "github-actions"}
    guide = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    assert [lock for lock in LOCKS if f"-o {lock}" not in guide and lock != "package-lock.json"] == []
    assert "--package-lock-only" in guide


# A release.


def git(root: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=某人", "-c", "user.email=a@example.invalid", "-c", "commit.gpgSign=false"]
    run = subprocess.run(["git", *identity, *arguments], cwd=root, capture_output=True, text=True, check=True)
    return run.stdout.strip()


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clean tree of version 1.2.3 whose site is already built; only what is given out is made for real."""
    root = tmp_path / "project"
    root.mkdir()
    (root / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n')
    (root / "CHANGELOG.md").write_text("# 改动记录\n\n## 1.2.3（2026-11-26）\n\n- 改了。\n", "utf-8")
    (root / ".gitignore").write_text("/build/\n/dist/\n")
    (root / "dist" / "site").mkdir(parents=True)
    (root / "dist" / "site" / "index.html").write_text("<p>好", "utf-8")
    (root / "dist" / "deploy.py").write_text("")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "one")
    monkeypatch.setattr(build, "build", lambda _: 0)
    monkeypatch.setattr(pack, "pack", lambda *_: None)
    monkeypatch.setattr(sbom, "parts", lambda _: [sbom.Part("npm", "a", "1.0.0", "MIT", (), "脚本", "", ("全文",))])
    monkeypatch.setattr(release, "read_site", lambda *_: None)
    monkeypatch.setattr(offline_zip, "contents", lambda *_: iter([("index.html", "好".encode())]))
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"):
        monkeypatch.setenv(name, "某人")
    for name in ("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "a@example.invalid")
    return root


def test_release_is_whole_the_same_every_time_and_not_tagged_unasked(tree: Path, capsys: pytest.CaptureFixture) -> None:
    given = tree / "build" / "release"
    assert release.main([], tree) == 0
    assert 'git tag -a v1.2.3 -m "doudian-deposit-guide 1.2.3"' in capsys.readouterr().out
    assert git(tree, "tag") == ""
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=given, check=True)
    before = {file.name: file.read_bytes() for file in given.iterdir()}
    name = "doudian-deposit-guide-1.2.3"
    assert sorted(before) == [
        "SHA256SUMS",
        "THIRD-PARTY.md",
        f"{name}-offline.zip",
        f"{name}.tar.gz",
        "sbom.cdx.json",
    ]
    with tarfile.open(given / f"{name}.tar.gz") as archive:
        inside = ["THIRD-PARTY.md", "dist/deploy.py", "dist/site/index.html"]
        assert archive.getnames() == [f"{name}/{each}" for each in inside]
        assert {(each.mtime, each.uid, each.uname, each.mode) for each in archive} == {(1795651200, 0, "", 0o644)}
    with zipfile.ZipFile(given / f"{name}-offline.zip") as archive:
        assert "doudian-deposit-guide/THIRD-PARTY.md" in archive.namelist()
    (tree / "dist" / "deploy.py").touch()
    (tree / "dist" / "deploy.py").chmod(0o600)
    assert release.main(["--tag"], tree) == 0
    assert {file.name: file.read_bytes() for file in given.iterdir()} == before
    assert git(tree, "rev-parse", "v1.2.3^{commit}") == git(tree, "rev-parse", "HEAD")
    assert "git push origin v1.2.3" in capsys.readouterr().out
    assert release.main([], tree) == 0  # once more, of the tagged commit
    assert "标签 v1.2.3 已经在这个提交上" in capsys.readouterr().out


def dirty(tree: Path) -> None:
    (tree / "新的.md").write_text("")


def tagged_elsewhere(tree: Path) -> None:
    git(tree, "tag", "v1.2.3")
    git(tree, "commit", "--quiet", "--allow-empty", "-m", "two")


def no_heading(tree: Path) -> None:
    (tree / "CHANGELOG.md").write_text("# 改动记录\n", "utf-8")


def undated(tree: Path) -> None:
    (tree / "CHANGELOG.md").write_text("## 1.2.3（2026-13-26）\n", "utf-8")


def other_version(tree: Path) -> None:
    (tree / "CHANGELOG.md").write_text("## 1.2.4（2026-11-26）\n", "utf-8")


def no_repository(tree: Path) -> None:
    (tree / ".git").rename(tree / "git")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (dirty, "新的.md 等 1 个文件有没提交的改动；请先提交，或者收起来"),
        (tagged_elsewhere, "标签 v1.2.3 已经在别的提交 "),
        (no_heading, "CHANGELOG.md 里没有一节改动；请先写 ## 1.2.3（年-月-日）和改了什么"),
        (undated, "CHANGELOG.md 的「1.2.3（2026-13-26）」必须写成 1.2.3（年-月-日）"),
        (other_version, "pyproject.toml 是 1.2.3，CHANGELOG.md 最上面是 1.2.4；请改成一样，写明改了什么"),
        (no_repository, "这里不是 git 仓库；请在克隆下来的仓库里运行"),
    ],
)
def test_what_is_not_fit_is_refused_in_one_line(
    tree: Path, capsys: pytest.CaptureFixture, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(tree)
    assert release.main([], tree) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith(f"没有发布：{said}")
    assert (captured.err.count("\n"), captured.out) == (1, "")
    assert not (tree / "build").exists()


def test_build_that_changes_what_is_committed_is_refused(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(build, "build", lambda root: dirty(root) or 0)
    assert release.main([], tree) == 1
    assert "新的.md" in capsys.readouterr().err


# Other generators.


def test_canary_sees_what_a_reader_would_miss(tmp_path: Path) -> None:
    page = '<article><h2 id="{}">甲<a class="headerlink" href="#">¶</a></h2><p>{}</p></article>'
    for name, anchor, text in (("ours", "a", "七天内"), ("theirs", "_1", "七 天内")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(page.format(anchor, text), "utf-8")
    (tmp_path / "ours" / "404.html").write_text(page.format("b", "没有"), "utf-8")
    ours, theirs = (
        canary.Build(2.0, 1.0, dict(canary.pages(tmp_path / name)), frozenset(), "") for name in ("ours", "theirs")
    )
    assert canary.row(ours, ours) == ["2.0", "1.0", "2", "0", "0", "0", "0、0", "0", "通过，没有问题"]
    assert canary.row(theirs, ours) == ["2.0", "1.0", "1", "1", "1", "1", "1、1", "0", "通过，没有问题"]
    assert list(canary.details(theirs, ours)) == [
        "少了 404.html",
        "index.html 少了锚点 a",
        "index.html 文字：只有我们有 ['七天内']，只有它有 ['七 天内']",
    ]
