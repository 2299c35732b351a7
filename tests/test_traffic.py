"""What readers cost a host: the figures of deploy/README.md, from a site of known sizes."""

from __future__ import annotations

from pathlib import Path

import pytest

import traffic


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A packed site of one page that loads a script (packed), a style and an icon, and names what it does not load."""
    site = tmp_path / "dist/site"
    page = site / traffic.PAGE
    page.parent.mkdir(parents=True)
    page.write_text(
        '<link rel=stylesheet href="../../a.css"><link rel=icon href="../../i.png"><script src="../../a.js"></script>'
        '<link rel=next href="../../b.html"><a href="../../b.html">b</a><script src="../../none.js"></script>'
    )
    for name, size in {"a.css": 300, "i.png": 50, "a.js": 9999, "a.js.br": 150, "b.html": 9999}.items():
        (site / name).write_bytes(b"x" * size)
    page.with_name("index.html.br").write_bytes(b"x" * 500)
    monkeypatch.setattr(traffic, "PROJECT", tmp_path)
    return page


def test_bytes_are_those_that_are_sent(packed: Path) -> None:
    assert [file.name for file in traffic.loads(packed)] == ["a.css", "a.js", "i.png"]
    assert [traffic.sent(file) for file in traffic.loads(packed)] == [300, 150, 50]


@pytest.mark.usefixtures("packed")
def test_figures_of_a_month(capsys: pytest.CaptureFixture) -> None:
    assert traffic.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "一页 0.5 KB；第一次看另加 3 个文件，一共 1.0 KB（br，不算响应头）。"
    # 10^7 views of 1,000 or 500 bytes; 10^7 / 2,592,000 s = 3.9 a second; ten times 3.858 x 8,000 bits
    assert "| 10,000,000 | 10 GB | 5 GB | 10,000,000 – 40,000,000 | 3.9 | 39 | 0 Mbit/s |" in lines
    assert lines[-3] == "- 5 Mbit/s 的线路，每秒最多 625 次第一次看、1250 次再看。"


def test_site_that_is_not_packed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(traffic, "PROJECT", tmp_path)
    assert traffic.main() == 2
    assert "make pack" in capsys.readouterr().err
