"""check.py site: links and fragments of built pages, each fault seeded into a clean folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import check

PAGE = (
    '<!doctype html><html lang="zh"><head><title>甲</title><link rel="icon" href="{up}icon.svg"></head>'
    "<body>\n{body}\n</body></html>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A built site of two pages that hold together."""
    (tmp_path / "steps").mkdir()
    (tmp_path / "icon.svg").write_text("<svg/>")
    (tmp_path / "index.html").write_text(PAGE.format(up="", body='<p><a href="steps/#deadline">期限</a></p>'))
    body = '<h2 id="deadline">期限</h2>\n<p><a href="..">首页</a> <a href="#deadline">上面</a></p>'
    (tmp_path / "steps" / "index.html").write_text(PAGE.format(up="../", body=body))
    return tmp_path


def problems(folder: Path, capsys: pytest.CaptureFixture) -> list[str]:
    check.main(["site", str(folder)])
    return capsys.readouterr().out.splitlines()


def test_clean_site_exits_0(folder: Path) -> None:
    assert check.main(["site", str(folder)]) == 0


FAULTS = {
    '<a href="../gone/">x</a>': "steps/index.html:2:1 LK001",
    '<a href="../index.html#gone">x</a>': "steps/index.html:2:1 LK002",
    '<a href="#gone">x</a>': "steps/index.html:2:1 LK002",
    '<p><img src="no.png" alt=""></p>': "steps/index.html:2:4 LK001",
    '<script src="no.js"></script>': "steps/index.html:2:1 LK001",
    '<a href="/steps/">x</a>': "steps/index.html:2:1 LK003",
    '<a href="../Steps/">x</a>': "steps/index.html:2:1 LK001",
    '<a href="%E7%94%B2.html">x</a>': "steps/index.html:2:1 LK001",
}


@pytest.mark.parametrize("markup", FAULTS)
def test_fault_is_caught_at_its_place(folder: Path, markup: str, capsys: pytest.CaptureFixture) -> None:
    (folder / "steps" / "index.html").write_text(PAGE.format(up="../", body=markup))
    found = problems(folder, capsys)
    assert any(line.startswith(FAULTS[markup]) for line in found), found


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="#">x</a>',
        '<a href="#top">x</a>',
        '<a href="mailto:a@example.invalid">x</a>',
        '<a href="https://example.invalid/none">x</a>',
        '<!-- <a href="gone/">x</a> -->',
        '<link rel="canonical" href="gone/">',
        '<a href="data:text/plain,x">x</a>',
        '<a href="%69ndex.html">x</a>',
    ],
)
def test_no_false_alarm(folder: Path, markup: str) -> None:
    steps = folder / "steps" / "index.html"
    steps.write_text(steps.read_text().replace("<h2", f"{markup}<h2"))
    assert check.main(["site", str(folder)]) == 0
