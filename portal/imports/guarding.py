"""A workbook is measured before anything opens it; a hostile or wrong file stops here.

Limits: 10 MB packed, 200 MB unpacked (100,000 rows of fifteen columns are 90), 500 parts (a template
has one for each ledger), 60 columns, 120,000 rows in all.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cache
from xml.parsers import expat

from django.conf import settings

MAX_PARTS = 500
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ROWS = MAX_ROWS_IN_ALL = 120_000
MAX_COLUMNS = 60
CHUNK = 256 * 1024

OLE = b"\xd0\xcf\x11\xe0"  # old .xls, or an .xlsx behind a password
ZIP = b"PK\x03\x04"
SAVE_AS = "请在表格软件中“另存为”Excel 工作簿（.xlsx）后再上传。"
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class UnreadableWorkbook(Exception):
    """The file cannot be taken as a workbook; the message is for the user, in Chinese."""


@dataclass
class CellNotes:
    """Places (row, column) of one part: of formulas, and of those without a usable result."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # "" has no result at all


@dataclass(frozen=True)
class Guarded:
    """``content`` is a fresh archive that holds just what was measured; ``notes`` are by part."""

    content: bytes
    notes: dict[str, CellNotes]


def guarded(content: bytes) -> Guarded:
    """The workbook's own parts, measured.

    Rewriting closes the gap between two zip readers: sizes in a directory may lie, parts may
    overlap. Raises UnreadableWorkbook.
    """
    if len(content) > settings.UPLOAD_MAX_BYTES:
        raise UnreadableWorkbook(
            f"文件超过 {settings.UPLOAD_MAX_BYTES // 1024 // 1024} MB，请分成几个文件导入。"
        )
    if content.startswith(OLE):
        raise UnreadableWorkbook(f"这是旧版 .xls 表格，或文件设了打开密码。{SAVE_AS}")
    if not content.startswith(ZIP):
        raise UnreadableWorkbook(f"这不是 Excel 工作簿，只能导入 .xlsx 文件。{SAVE_AS}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _repacked(archive)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError) as error:
        raise UnreadableWorkbook(f"文件已损坏，打不开。{SAVE_AS}") from error
    except (NotImplementedError, RuntimeError) as error:  # unknown compression, encrypted part
        raise UnreadableWorkbook(f"文件用了不支持的压缩或加密方式。{SAVE_AS}") from error


def _repacked(archive: zipfile.ZipFile) -> Guarded:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names or len(set(names)) != len(names):
        raise UnreadableWorkbook(f"这不是 Excel 工作簿，只能导入 .xlsx 文件。{SAVE_AS}")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableWorkbook("文件展开后过大，请只保留要导入的工作表，去掉图片等内容。")
    if any("vba" in name.lower() for name in names):
        raise UnreadableWorkbook(f"文件带有宏，不能导入。{SAVE_AS}")
    if any(name.lower().startswith("xl/externallinks/") for name in names):
        raise UnreadableWorkbook(
            "表格引用了其他文件（外部链接），不能导入。请把引用的单元格复制后“粘贴为数值”再上传。"
        )
    target, rows, notes = io.BytesIO(), 0, {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as clean:
        for part in parts:
            if not part.filename.endswith((".xml", ".rels")):
                continue  # pictures and printer settings are of no use to an import
            extent = _Extent()
            with archive.open(part) as source, clean.open(part.filename, "w") as copy:
                while chunk := source.read(CHUNK):
                    extent.feed(chunk)
                    copy.write(chunk)
            extent.close()
            rows += extent.last_row
            if extent.notes.formulas or extent.notes.errors:
                notes[part.filename] = extent.notes
    if rows > MAX_ROWS_IN_ALL:
        raise UnreadableWorkbook(f"各工作表合计超过 {MAX_ROWS_IN_ALL} 行，请分成几个文件导入。")
    return Guarded(target.getvalue(), notes)


class _Extent:
    """Follows the XML of one part and refuses filled cells outside the limits.

    A reader allocates the rectangle up to the last filled cell: one at XFD1048576 would take all
    memory. Document types are refused, so no entity can grow. It also remembers where formulas
    are: a reader gives their last results, or nothing, as if they had been typed.
    """

    def __init__(self):
        self.last_row = 0
        self.notes = CellNotes()
        self._odd = ""  # "f" inside a cell with a formula, "e" inside one that holds an error
        self._row = self._column = 0
        self._reference = None
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = self._doctype
        self._parser = parser

    def feed(self, chunk: bytes):
        self._parser.Parse(chunk, False)

    def close(self):
        self._parser.Parse(b"", True)
        self._end_odd()

    def _doctype(self, *_):
        raise UnreadableWorkbook(f"文件内容不合规范，打不开。{SAVE_AS}")

    def _start(self, tag, attributes):
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            if self._odd:
                self._end_odd()
            self._column += 1
            self._reference = attributes.get("r")
            if attributes.get("t") == "e":
                self._begin_odd("e")
        elif tag in {"v", "is"}:
            self._filled()
            if self._odd:
                self._parser.CharacterDataHandler = self._texts.append
        elif tag == "f":
            self.notes.formulas.add(self._place())
            if not self._odd:
                self._begin_odd("f")
        elif tag == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isdecimal() and len(given) < 8 else self._row + 1
            self._column = 0

    def _begin_odd(self, kind):
        self._odd, self._texts = kind, []
        self._odd_place = self._place()

    def _end_odd(self):
        """An error is named; of a formula that nothing was computed of there is no result."""
        if self._odd:
            text = "".join(self._texts).strip()
            if self._odd == "e" or not text:
                self.notes.errors[self._odd_place] = text if self._odd == "e" else ""
        self._odd = ""
        self._parser.CharacterDataHandler = None

    def _place(self) -> tuple[int, int]:
        if found := CELL.fullmatch(self._reference or ""):
            return int(found[2]), column_number(found[1])
        return self._row, self._column

    def _filled(self):
        row, self._column = self._place()
        column = self._column
        if row > MAX_ROWS:
            raise UnreadableWorkbook(
                f"工作表超过 {MAX_ROWS} 行，请分成几个文件导入（表尾有无用内容的，请先删除整行）。"
            )
        if column > MAX_COLUMNS:
            raise UnreadableWorkbook(
                f"工作表超过 {MAX_COLUMNS} 列（有内容写到了 {column_letters(column)} 列），"
                "请删除右侧无用的列后再上传。"
            )
        self.last_row = max(self.last_row, row)


def column_letters(number: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
