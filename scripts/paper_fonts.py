"""The font of the PDFs: Noto Sans CJK with the outlines of TrueType, and only the characters that are printed.

Chromium cannot put the outlines of Debian's Noto into a PDF as a font: it writes every 255 glyphs as a Type 3 font of
its own, and changes the font at almost every character. As TrueType, a page takes a third less and draws faster.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

FOLDER = Path("/usr/share/fonts/opentype/noto")
FACE = "Noto Sans CJK SC"  # in each collection, beside the Japanese and others
FAMILY = "kb-paper"
WEIGHTS = {400: "NotoSansCJK-Regular.ttc", 700: "NotoSansCJK-Bold.ttc"}
ERROR = 1.0  # how far a curve may be off, in units of the font, of which an em has 1,000
# Of the setting of vertical text and of OpenType features; they name glyphs that are left out.
LEFT_OUT = ["BASE", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]

NO_HINTS = ["TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements", "SizeOfInstructions"]


def write_fonts(characters: Iterable[str], folder: Path, source: Path = FOLDER) -> str:
    """Write a font of each weight with those ``characters`` into ``folder``; return the CSS that names them.

    A character that Noto does not have is left to the browser's other fonts. OSError where ``source`` has no Noto.
    """
    rules = []
    for weight, name in WEIGHTS.items():
        file = folder / f"{weight}.ttf"
        with TTCollection(source / name, lazy=True) as collection:
            _truetype(_subset(_face(collection, source / name), characters)).save(file)
        rules.append(f'@font-face{{font-family:{FAMILY};font-weight:{weight};src:url("{file.as_uri()}")}}')
    return "".join(rules)


def _face(collection: TTCollection, file: Path) -> TTFont:
    for font in collection:
        if font["name"].getDebugName(1).startswith(FACE):
            return font
    raise OSError(f"{file}: 里面没有 {FACE}")


def _subset(font: TTFont, characters: Iterable[str]) -> TTFont:
    options = Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[1, 2])
    options.drop_tables += LEFT_OUT
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(characters))
    subsetter.subset(font)
    return font


def _truetype(font: TTFont) -> TTFont:
    """Replace the cubic outlines by quadratic ones; the tables are those of the OpenType specification."""
    order, drawn = font.getGlyphOrder(), font.getGlyphSet()
    table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, ERROR, reverse_direction=True))
        table.glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), table
    del font["CFF "]
    limits = font["maxp"]
    limits.tableVersion = 0x00010000
    for name in NO_HINTS:
        setattr(limits, f"max{name}", 0)
    limits.maxZones, limits.maxComponentElements = 1, 0
    names = font["post"]
    names.formatType, names.extraNames, names.mapping = 3.0, [], {}
    font.sfntVersion = "\x00\x01\x00\x00"
    return font
