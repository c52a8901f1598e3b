"""Scanned PDFs: kept as they came, so refused when they hold anything but pages.

They are never opened here and are always sent as a download; this keeps what would act on the
reader's machine from being handed on under the portal's name.
"""

import re
import zlib

from portal.attachments.refusing import Refused, check_size

BEGIN, END = b"%PDF-", b"%%EOF"
PADDING = b"\x00\t\n\r\x1a "
MAX_PAGES = 100
MAX_STREAMS = 20_000
MAX_UNPACKED = 20 * 1024 * 1024
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")  # /J#61vaScript is /JavaScript
ACTS = re.compile(
    rb"/(JavaScript|Launch|Rendition|GoTo[ER]|RichMedia|SubmitForm|ImportData|XFA)\b"
    rb"|/(EmbeddedFiles?|FileAttachment)\b|/EF\s*(<<|\d+\s+\d+\s+R\b)"
)
SEALED = re.compile(rb"/Encrypt\b")
PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
STREAM, END_OF_STREAM = re.compile(rb"(?<!end)stream\r?\n"), b"endstream"
HEAD_OF_STREAM = 400
OBJECT_STREAM = re.compile(rb"/ObjStm\b")
SOLE_FLATE = re.compile(rb"/Filter\s*(/FlateDecode\b|\[\s*/FlateDecode\s*\])")

BROKEN = "打不开这份 PDF：文件不完整，或不是扫描件；请重新扫描后再传。"
NOT_ONLY_PAGES = "这份 PDF 里有脚本、附件或可执行内容，不能保存；请打印后扫描成新的 PDF。"


def check_pdf(content: bytes) -> int:
    """How many pages it has. Raises Refused."""
    check_size(content)
    if not content.startswith(BEGIN) or not content.rstrip(PADDING).endswith(END):
        raise Refused(BROKEN)
    text = _unescaped(content)
    packed = _unescaped(b"\n".join(_object_streams(content)))
    for part in (text, packed):
        if SEALED.search(part):
            raise Refused("这份 PDF 设了密码，别人打不开；请取消密码后再传。")
        if ACTS.search(part):
            raise Refused(NOT_ONLY_PAGES)
    pages = len(PAGE.findall(text)) + len(PAGE.findall(packed))
    if not pages:
        raise Refused(BROKEN)
    if pages > MAX_PAGES:
        raise Refused(f"这份 PDF 有 {pages} 页，最多 {MAX_PAGES} 页；请分成几份再传。")
    return pages


def _unescaped(content: bytes) -> bytes:
    return ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), content)


def _object_streams(content: bytes):
    """What compressed object streams hold; one that we cannot look into is refused. So is a file that
    names one more than were opened: its dictionary was written to be overlooked."""
    room, view, opened = MAX_UNPACKED, memoryview(content), 0
    for number, found in enumerate(STREAM.finditer(content)):
        if number == MAX_STREAMS:
            raise Refused(BROKEN)
        head = content[max(0, found.start() - HEAD_OF_STREAM) : found.start()]
        head = _unescaped(head[head.rfind(b" obj") + 1 :])
        if not OBJECT_STREAM.search(head):
            continue
        if not _is_plain(head):
            raise Refused(NOT_ONLY_PAGES)
        opened += 1
        unpacking = zlib.decompressobj()
        try:
            unpacked = unpacking.decompress(
                view[found.end() : content.find(END_OF_STREAM, found.end())], room
            )
        except zlib.error:
            raise Refused(BROKEN) from None
        room -= len(unpacked)
        if not unpacking.eof or room <= 0:
            raise Refused(BROKEN)
        yield unpacked
    if len(OBJECT_STREAM.findall(_unescaped(content))) > opened:
        raise Refused(NOT_ONLY_PAGES)


def _is_plain(head: bytes) -> bool:
    """Whether an object stream's dictionary says what such a one needs: one packing, and no string or
    comment in which another stream could seem to begin."""
    whole = head.rstrip().endswith(b">>") and head.count(b"<<") == head.count(b">>")
    return whole and bool(SOLE_FLATE.search(head)) and not {*b"(%"} & {*head}
