"""Which typefaces are found, in which order, and what is said when one is missing."""

import struct
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from portal.pdf import missing_glyphs
from portal.pdf.fonts import SYSTEM_FONTS, FontMissing, find_faces, library
from portal.pdf.sfnt import read_face

RARE = "\U000323b0"  # a code point of no free font


def make_font(folder: Path, family: str, characters: str, full_name="", weight=400) -> Path:
    """A tiny font whose glyphs are all empty."""
    builder = FontBuilder(1000, isTTF=True)
    glyphs = {f"u{ord(c):05x}": c for c in characters}
    order = [".notdef", *glyphs]
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(c): glyph for glyph, c in glyphs.items()})
    builder.setupGlyf(dict.fromkeys(order, Glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (1000, 0)))
    builder.setupHorizontalHeader(ascent=1300, descent=-400)
    builder.setupNameTable(
        {"familyName": family, "fullName": full_name or family, "psName": "Office"}, mac=False
    )
    builder.setupOS2(usWeightClass=weight, sTypoAscender=1300, usWinAscent=1300)
    builder.setupPost()
    path = folder / f"{family}.ttf"
    builder.save(path)
    return path


@pytest.fixture
def ours(settings):
    return settings.BASE_DIR / "var" / "fonts"


def test_free_typefaces_serve_every_role_in_order(ours):
    chains = find_faces("", ours).chains
    assert {role: chain[0].label for role, chain in chains.items()} == {
        "fangsong": "FandolFang-Regular",
        "heiti": "NotoSansCJKsc-Regular",
        "kaiti": "LXGWWenKai-Regular",
        "biaosong": "NotoSerifCJKsc-Bold",
        "songti": "NotoSerifCJKsc-Regular",
    }
    assert {len(chain) for chain in chains.values()} == {len(library().faces)}


def test_office_font_is_known_by_its_inner_name_and_wins(tmp_path, ours):
    folder = tmp_path / "正版字体"
    folder.mkdir()
    make_font(folder, "仿宋_GB2312", "国")
    (folder / "readme.txt").write_text("no font")
    (folder / "broken.ttf").write_bytes(b"\0\1\0\0broken")
    chains = find_faces(tmp_path, ours).chains
    assert [face.label for face in chains["fangsong"]][:2] == ["Office", "FandolFang-Regular"]
    assert chains["kaiti"][0].label == "LXGWWenKai-Regular"
    assert '--fangsong: "Office", "FandolFang-Regular"' in find_faces(tmp_path, ours).stylesheet()


def test_other_office_fonts_end_every_chain(tmp_path, ours):
    make_font(tmp_path, "Rare Names", RARE)
    found = find_faces(tmp_path, ours)
    assert {chain[-1].names for chain in found.chains.values()} == {
        frozenset({"Rare Names", "Office"})
    }
    assert found.can_print(RARE)
    assert not find_faces("", ours).can_print(RARE)


def test_bold_face_does_not_answer_to_its_family_name(tmp_path, ours):
    make_font(tmp_path, "仿宋_GB2312", "国", full_name="仿宋_GB2312 Bold", weight=700)
    assert find_faces(tmp_path, ours).chains["fangsong"][0].label == "FandolFang-Regular"


def test_missing_typeface_is_named_with_its_remedy(tmp_path):
    with pytest.raises(FontMissing) as raised:
        find_faces("", tmp_path, SYSTEM_FONTS)
    assert str(raised.value) == (
        "No typeface for 仿宋 (fangsong): FandolFang was not found. Run script/setup, which installs "
        "it, or put the office's own font (仿宋_GB2312) into the folder named by FONT_DIR."
    )


def test_face_of_a_collection_becomes_a_file_of_its_own():
    face = library().chains["heiti"][0]
    assert (face.path.suffix, face.label) == (".ttc", "NotoSansCJKsc-Regular")
    with TTFont(BytesIO(read_face(face.path, face.number))) as font:
        assert font["name"].getDebugName(6) == "NotoSansCJKsc-Regular"
        assert len(font.getBestCmap()) > 30_000


@pytest.mark.parametrize("role", ["fangsong", "heiti", "kaiti", "biaosong", "songti"])
def test_all_faces_are_served_with_the_same_line_metrics(role):
    face = library().chains[role][0]
    with TTFont(BytesIO(read_face(face.path, face.number))) as font:
        units = font["head"].unitsPerEm
        hhea, os2 = font["hhea"], font["OS/2"]
        measured = [
            (hhea.ascent, hhea.descent, hhea.lineGap),
            (os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap),
            (os2.usWinAscent, -os2.usWinDescent, 0),
        ]
    assert measured == [(round(0.88 * units), -round(0.12 * units), 0)] * 3


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"\0\1\0\0\0\x09", b"ttcf\0\1\0\0" + struct.pack(">L", 1)],
    ids=["empty", "text", "cut", "cut collection"],
)
def test_damaged_font_file_is_refused(tmp_path, data):
    path = tmp_path / "damaged.ttf"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"font|face|TrueType"):
        read_face(path, 0)


def test_face_number_beyond_the_collection_is_refused():
    with pytest.raises(ValueError, match="number 99 was asked"):
        read_face(library().chains["heiti"][0].path, 99)


def test_missing_glyphs_names_each_unprintable_character_once_in_order():
    text = f"张{RARE}三\U0002ebf0，喆堃𠮷㐂\ue000{RARE} \n\u200b\u3000·王"
    assert missing_glyphs(text) == [RARE, "\U0002ebf0", "\ue000"]


def test_missing_glyphs_of_everyday_text_are_none():
    assert missing_glyphs("2025年，明珠社区走访129人次（82.1%）。\tABC xyz") == []


def test_missing_glyphs_follows_the_offices_fonts(tmp_path, settings):
    make_font(tmp_path, "Rare Names", RARE)
    settings.FONT_DIR = str(tmp_path)
    assert missing_glyphs(RARE) == []
