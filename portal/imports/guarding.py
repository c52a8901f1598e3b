"""A workbook is measured before anything opens it; a hostile or wrong file stops here.

Limits of SECURITY row 18: 10 MB packed, 60 MB unpacked, 200 parts, 60 columns; 20,000 rows a
sheet and 120,000 in all.
"""

import io
import re
import zipfile
import zlib
from functools import cache
from xml.parsers import expat

from django.conf import settings

MAX_PARTS = 200
MAX_UNPACKED = 60 * 1024 * 1024
MAX_ROWS = 20_000
MAX_ROWS_IN_ALL = 120_000
MAX_COLUMNS = 60
CHUNK = 256 * 1024

OLE = b"\xd0\xcf\x11\xe0"  # old .xls, or an .xlsx behind a password
ZIP = b"PK\x03\x04"
SAVE_AS = "请在表格软件中“另存为”Excel 工作簿（.xlsx）后再上传。"
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class UnreadableWorkbook(Exception):
    """The file cannot be taken as a workbook; the message is for the user, in Chinese."""


def guarded(content: bytes) -> bytes:
    """The workbook's own parts in a fresh archive that holds just what was measured.

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


def _repacked(archive: zipfile.ZipFile) -> bytes:
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
    target, rows = io.BytesIO(), 0
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
    if rows > MAX_ROWS_IN_ALL:
        raise UnreadableWorkbook(f"各工作表合计超过 {MAX_ROWS_IN_ALL} 行，请分成几个文件导入。")
    return target.getvalue()


class _Extent:
    """Follows the XML of one part and refuses filled cells outside the limits.

    A reader allocates the rectangle up to the last filled cell: one at XFD1048576 would take all
    memory. Document types are refused, so no entity can grow.
    """

    def __init__(self):
        self.last_row = 0
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

    def _doctype(self, *_):
        raise UnreadableWorkbook(f"文件内容不合规范，打不开。{SAVE_AS}")

    def _start(self, tag, attributes):
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            self._column += 1
            self._reference = attributes.get("r")
        elif tag in {"v", "is"}:
            self._filled()
        elif tag == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isdecimal() and len(given) < 8 else self._row + 1
            self._column = 0

    def _filled(self):
        row, column = self._row, self._column
        if found := CELL.fullmatch(self._reference or ""):
            row, column = int(found[2]), column_number(found[1])
            self._column = column
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
