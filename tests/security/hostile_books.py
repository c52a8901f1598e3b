"""Workbooks as attackers send them; made when asked for, because some take a second."""

import io
import zipfile
from functools import cache

from tests.imports.test_reading import rewritten, sheet_saying

DOCTYPE = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">%s]>'
LAUGHS = b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)  # fmt: skip
OUTSIDE = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]><worksheet>&x;</worksheet>'
MAIN = "xl/worksheets/sheet1.xml"


def in_place(part: str, data: bytes) -> bytes:
    return rewritten(lambda name, old: data if name == part else old)


def linked() -> bytes:
    """An entry that is a symbolic link to a file of the machine."""
    target = io.BytesIO(rewritten())
    with zipfile.ZipFile(target, "a") as book:
        link = zipfile.ZipInfo("xl/linked.xml")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        book.writestr(link, "/etc/hostname")
    return target.getvalue()


BOOKS = {
    "zip bomb.xlsx": lambda: rewritten(extra=[("xl/media/a.xml", b" " * (201 * 1024 * 1024))]),
    "entities.xlsx": lambda: in_place(MAIN, DOCTYPE % LAUGHS + b"<worksheet>&j;</worksheet>"),
    "entities in strings.xlsx": lambda: in_place(
        "xl/sharedStrings.xml", DOCTYPE % LAUGHS + b"<sst><si><t>&j;</t></si></sst>"
    ),
    "entities in styles.xlsx": lambda: in_place("xl/styles.xml", DOCTYPE % LAUGHS + b"<s>&j;</s>"),
    "outside entity.xlsx": lambda: in_place(MAIN, OUTSIDE),
    "macros.xlsx": lambda: rewritten(extra=[("xl/vbaProject.bin", b"x")]),
    "linked books.xlsx": lambda: rewritten(extra=[("xl/externalLinks/externalLink1.xml", b"<x/>")]),
    "symbolic link.xlsx": linked,
    "400000 rows.xlsx": lambda: sheet_saying("<row><c><v>1</v></c></row>" * 400_000),
    "old.xlsx": lambda: b"\xd0\xcf\x11\xe0" + bytes(600),
    "page.xlsx": lambda: b"<!doctype html><table><tr><td>=1+1</td></tr></table>",
    "program.xlsx": lambda: b"MZ" + bytes(5000),
    "truncated.xlsx": lambda: rewritten()[:-60],
    "empty.xlsx": lambda: b"",
    "macros.xlsm": rewritten,
    "table.csv": lambda: "姓名,电话\n=1+1,2".encode(),
    "archive.zip": rewritten,
}


def strange_texts() -> bytes:
    """Escapes that some readers turn into NUL, half a character and a control character."""
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    texts = ("_x0000_", "黄_x0000_文发", "_xD800_", "_x0008_=1+1", "&#x9;=1+1")
    head = "".join(cell.format(each) for each in ("日期", "姓名", "方式", "走访人", "情况记录"))
    rows = "".join(f"<row>{cell.format(each) * 5}</row>" for each in texts)
    return sheet_saying(f"<row>{head}</row>{rows}")


@cache
def book(name: str) -> bytes:
    return BOOKS[name]()
