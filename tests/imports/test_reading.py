"""A workbook is read at its own places; a hostile or wrong file is refused before it is opened."""

import io
import struct
import zipfile
from datetime import date

import pytest

from portal.imports.guarding import UnreadableWorkbook, column_letters, column_number
from portal.imports.reading import a1, read_workbook
from tests.imports.conftest import xlsx

GOOD = xlsx(走访=[["日期"], ["2025-03-10"]])


def rewritten(change=lambda name, data: data, *, extra=(), content=GOOD) -> bytes:
    """A workbook with parts changed or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)), zipfile.ZIP_DEFLATED)
        for name, data in extra:
            new.writestr(name, data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def sheet_saying(xml: str) -> bytes:
    start = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    body = f'<?xml version="1.0"?>{start}{xml}</sheetData></worksheet>'.encode()
    return rewritten(lambda name, data: body if "worksheets/sheet1.xml" in name else data)


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(content)
    return str(caught.value)


def test_rows_keep_their_places_below_empty_ones():
    content = xlsx(走访=[[], [], ["", "", "姓名"], ["", "", "黄文发"]], 空表=[])

    sheets = read_workbook(content)

    assert [sheet.name for sheet in sheets] == ["走访", "空表"]
    assert sheets[0].cells(4)[2] == "黄文发"
    assert a1(4, 3) == "C4"


def test_values_keep_their_kind():
    content = xlsx(走访=[["=1+1", 12, 0.5, True, date(1940, 6, 1)]])

    assert read_workbook(content)[0].cells(1) == ["=1+1", 12.0, 0.5, True, date(1940, 6, 1)]


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_column_names(number, letters):
    assert column_letters(number) == letters
    assert column_number(letters) == number


def test_styled_empty_cells_far_away_are_no_content():
    """django-import-export#1642: such files, as LibreOffice writes them, hung the server."""
    content = sheet_saying('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>')

    assert read_workbook(content)[0].rows == [[1.0]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "只能导入 .xlsx"),
        ("姓名,电话\n黄文发,138".encode(), "只能导入 .xlsx"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "旧版 .xls"),
        (b"PK\x03\x04" + b"0" * 600, "已损坏"),
        (GOOD[:-40], "已损坏"),
        (rewritten(extra=[("xl/vbaProject.bin", b"x")]), "宏"),
        (rewritten(extra=[("xl/externalLinks/externalLink1.xml", b"<x/>")]), "外部链接"),
        (rewritten(extra=[(f"xl/media/{n}.png", b"") for n in range(500)]), "展开后过大"),
        (sheet_saying('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "120000 行"),
        (sheet_saying('<row r="120001"><c r="A120001"><v>1</v></c></row>'), "120000 行"),
        (sheet_saying('<row r="1"><c r="BI1"><v>1</v></c></row>'), "60 列"),
        (sheet_saying("<row><c>" * 3), "已损坏"),
    ],
)
def test_wrong_file_is_refused(content, words):
    assert words in refusal(content)


def test_places_left_out_are_counted():
    """Cells without a reference follow each other; sixty-one of them are too many."""
    row = f"<row>{'<c><v>1</v></c>' * 61}</row>"
    assert "60 列" in refusal(sheet_saying(row))


def test_file_too_large_is_refused(settings):
    settings.UPLOAD_MAX_BYTES = len(GOOD) - 1
    assert "MB" in refusal(GOOD)


def test_bomb_is_refused_by_its_directory():
    content = rewritten(extra=[("xl/media/image.xml", b" " * (201 * 1024 * 1024))])
    assert len(content) < 300_000
    assert "展开后过大" in refusal(content)


def test_bomb_with_a_lying_directory_is_refused():
    bomb = b"<worksheet>" + b" " * (220 * 1024 * 1024) + b"</worksheet>"
    content = bytearray(rewritten(extra=[("xl/worksheets/sheet9.xml", bomb)]))
    at = content.rindex(b"PK\x01\x02")  # the last entry of the directory
    assert struct.unpack_from("<I", content, at + 24)[0] == len(bomb)
    struct.pack_into("<I", content, at + 24, 1000)

    assert "已损坏" in refusal(bytes(content))


def test_entities_are_refused():
    document = b'<!DOCTYPE w [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    content = rewritten(lambda n, data: document if "sheet1.xml" in n else data)

    assert "不合规范" in refusal(content)


def test_two_parts_of_one_name_are_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = rewritten(extra=[("xl/workbook.xml", b"<x/>")])
    assert "只能导入 .xlsx" in refusal(content)


def test_file_without_content_is_refused():
    assert refusal(xlsx(走访=[])) == "文件里没有内容。"
