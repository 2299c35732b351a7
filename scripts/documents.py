"""Word documents made from ``data/templates.yml``: A4, Chinese fonts, the fields marked, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from kbcheck.letters import FIELD, Letter, Template

PAGE = Mm(210), Mm(297)
MARGIN = Mm(25)
BODY_FONT, HEAD_FONT, LATIN_FONT = "宋体", "黑体", "Times New Roman"
BODY_SIZE, TITLE_SIZE = Pt(12), Pt(18)
INDENT = BODY_SIZE * 2  # two characters
LINE_SPACING = 1.5
ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold: the bytes must not depend on the day
KINDS = ("title", "heading", "text", "items", "kept", "sign")  # of blocks, and ``kept``: see ``_kept``
KEPT = 4  # paragraphs before the signature that stay with it; web/tools/letter/text.js has the same number
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def document(template: Template, letter: Letter, values: dict[str, str], marked: bool) -> bytes:
    """Return the .docx of one letter with its fields replaced by ``values``; ``marked`` shows where they stand."""
    file = Document()
    _page(file)
    for kind, text in _kept([(block.kind, text) for block in template.blocks(letter) for text in block.texts]):
        paragraph = file.add_paragraph()
        _runs(paragraph, text, values, marked)
        _format(paragraph, kind)
    return _packed(file, letter.title)


def generic() -> bytes:
    """Return the .docx that docxtemplater fills in the browser: every kind of paragraph, formatted as in ``document``.

    Its data: ``title`` (of the file) and ``blocks``, each with its paragraphs below the name of its kind; a paragraph
    has ``parts``, each either ``text`` or, for a field that is still missing, ``gap``.
    """
    file = Document()
    _page(file)
    file.add_paragraph("{#blocks}")
    for kind in KINDS:
        file.add_paragraph(f"{{#{kind}}}")
        paragraph = file.add_paragraph()
        paragraph.add_run("{#parts}{text}")
        paragraph.add_run("{gap}").font.highlight_color = WD_COLOR_INDEX.YELLOW
        paragraph.add_run("{/parts}")
        _format(paragraph, kind)
        file.add_paragraph(f"{{/{kind}}}")
    file.add_paragraph("{/blocks}")
    return _packed(file, "{title}")


def _kept(paragraphs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Call those before the signature ``kept``: on a page without a line of the letter it would sign nothing."""
    signed = next((at for at, (kind, _) in enumerate(paragraphs) if kind == "sign"), 0)
    near = range(signed - KEPT, signed)
    return [
        ("kept" if at in near and kind in ("text", "items") else kind, text)
        for at, (kind, text) in enumerate(paragraphs)
    ]


def _packed(file, title: str) -> bytes:
    properties = file.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = EPOCH
    out = io.BytesIO()
    file.save(out)
    return _stable(out.getvalue())


def _page(file) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    normal = file.styles["Normal"]
    normal.font.size, normal.font.name = BODY_SIZE, LATIN_FONT
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FONT)
    normal.paragraph_format.line_spacing = LINE_SPACING
    normal.paragraph_format.space_after = Pt(0)
    languages = normal.element.rPr.makeelement(qn("w:lang"), {qn("w:val"): "zh-CN", qn("w:eastAsia"): "zh-CN"})
    normal.element.rPr.append(languages)


def _format(paragraph: Paragraph, kind: str) -> None:
    if kind == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(12)
    elif kind == "sign":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif kind != "heading":
        paragraph.paragraph_format.first_line_indent = INDENT
    if kind in ("title", "heading", "kept", "sign"):  # a date alone on a page is no signature
        paragraph.paragraph_format.keep_with_next = True
    if kind in ("title", "heading"):
        for run in paragraph.runs:
            run.font.size = TITLE_SIZE if kind == "title" else BODY_SIZE
            run.font.bold = True
            run.font.name = LATIN_FONT
            run.element.rPr.rFonts.set(qn("w:eastAsia"), HEAD_FONT)


def _runs(paragraph: Paragraph, text: str, values: dict[str, str], marked: bool) -> None:
    """Add ``text``; what stands in for a field is a run of its own."""
    end = 0
    for match in FIELD.finditer(text):
        if match.start() > end:
            paragraph.add_run(text[end : match.start()])
        run = paragraph.add_run(values[match[1]])
        if marked:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        end = match.end()
    if end < len(text):
        paragraph.add_run(text[end:])


def _stable(data: bytes) -> bytes:
    """Return the same archive with entries in order and no dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, old.read(name))
    return out.getvalue()
