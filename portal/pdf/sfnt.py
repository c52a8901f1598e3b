"""One face of a font file as a font file of its own, with the line metrics that all our faces share.

Two reasons to rewrite what we read. A collection (.ttc) holds the same shapes for Japan, Korea, Taiwan
and the mainland; loaded whole, the renderer takes the Japanese face. And a rare character printed from
a fallback font with a taller ascent would stretch its line and push the twenty-second line of the page
to the next one.
"""

import struct
from pathlib import Path

ASCENT, DESCENT = 0.88, 0.12  # of the em: the ideographic box that Chinese fonts are drawn in

_TABLE = struct.Struct(">4sLLL")  # tag, checksum, offset, length


def read_face(path: Path, number: int) -> bytes:
    """Face ``number`` of ``path`` (0 for a plain ttf or otf) as an independent font file.

    Raises ValueError if the file is no sfnt font or has no such face.
    """
    data = path.read_bytes()
    try:
        return _rewrite(data, _face_offset(data, number))
    except struct.error as error:
        raise ValueError(f"{path} is not a complete font file") from error


def _face_offset(data: bytes, number: int) -> int:
    if data[:4] != b"ttcf":
        if data[:4] not in (b"\0\1\0\0", b"OTTO", b"true") or number:
            raise ValueError("no such face, or neither TrueType nor OpenType")
        return 0
    (count,) = struct.unpack_from(">L", data, 8)
    if number >= count:
        raise ValueError(f"the collection has {count} faces, number {number} was asked")
    return struct.unpack_from(">L", data, 12 + 4 * number)[0]


def _rewrite(data: bytes, offset: int) -> bytes:
    """Copy the tables of the face that starts at ``offset``, with our line metrics."""
    (count,) = struct.unpack_from(">H", data, offset + 4)
    directory = [_TABLE.unpack_from(data, offset + 12 + 16 * n) for n in range(count)]
    tables = {tag: data[start : start + length] for tag, _, start, length in directory}
    (units,) = struct.unpack_from(">H", tables[b"head"], 18)
    tables[b"hhea"] = _with_hhea(tables[b"hhea"], units)
    tables[b"OS/2"] = _with_os2(tables[b"OS/2"], units)

    # The checksums of the two changed tables are stale; no reader of ours verifies them.
    header, body = data[offset : offset + 12], bytearray()
    entries = bytearray()
    start = 12 + 16 * count
    for tag, checksum, _, length in directory:
        entries += _TABLE.pack(tag, checksum, start + len(body), length)
        body += tables[tag] + b"\0" * (-length % 4)
    return bytes(header + entries + body)


def _with_hhea(table: bytes, units: int) -> bytes:
    """hhea: ascender, descender (negative), line gap."""
    patched = bytearray(table)
    struct.pack_into(">hhh", patched, 4, round(ASCENT * units), -round(DESCENT * units), 0)
    return bytes(patched)


def _with_os2(table: bytes, units: int) -> bytes:
    """OS/2: typographic ascender, descender, line gap, then the Windows pair (both positive)."""
    ascent, descent = round(ASCENT * units), round(DESCENT * units)
    patched = bytearray(table)
    struct.pack_into(">hhhHH", patched, 68, ascent, -descent, 0, ascent, descent)
    return bytes(patched)
