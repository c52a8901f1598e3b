"""Files as people and attackers send them, made here: no binary is kept in the repository."""

import io
import struct
import zlib
from random import Random

from PIL import Image, TiffImagePlugin


def picture(size=(64, 48), form="JPEG", colour=(200, 80, 40), **options) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, form, **options)
    return target.getvalue()


def noise(size=(900, 900), form="JPEG", **options) -> bytes:
    """A picture that hardly compresses."""
    target = io.BytesIO()
    grains = Random(1).randbytes(size[0] * size[1] * 3)
    Image.frombytes("RGB", size, grains).save(target, form, **options)
    return target.getvalue()


def photo_with_position(orientation=6) -> bytes:
    """A phone's JPEG: turned, with camera and GPS position in its EXIF."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "金丝雀相机"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = tuple(TiffImagePlugin.IFDRational(n) for n in (23, 7, 45))
    return picture((80, 40), exif=exif.tobytes())


def chunk(kind: bytes, data: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + checksum


def png_header(width, height) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)


def png_bomb(width, height) -> bytes:
    """Some kilobytes that decode to width × height × 3 bytes of black."""
    packing = zlib.compressobj(9)
    row = bytes(1 + width * 3)
    data = b"".join(packing.compress(row) for _ in range(height)) + packing.flush()
    return png_header(width, height) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def png_with_text_bomb() -> bytes:
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000), 9))
    plain = picture(form="PNG")
    return plain[:33] + text + plain[33:]


def jpeg_of_many_scans() -> bytes:
    content = noise((64, 64), progressive=True)
    first = content.index(b"\xff\xda")
    return content[:first] + content[first:-2] * 60 + content[-2:]


def pdf(*objects: bytes, pages=1, head=b"%PDF-1.7\n", tail=b"%%EOF\n") -> bytes:
    """A plain PDF of empty pages, with further objects as they are given."""
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(pages))
    all_objects = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        b"2 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj" % (pages, kids),
        *(
            b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj" % (3 + n)
            for n in range(pages)
        ),
        *objects,
    ]
    return head + b"\n".join(all_objects) + b"\ntrailer<</Root 1 0 R>>\n" + tail


def object_stream(inner: bytes, filters=b"/Filter/FlateDecode") -> bytes:
    packed = zlib.compress(inner, 9)
    head = b"90 0 obj<</Type/ObjStm/N 1/First 4%s/Length %d>>" % (filters, len(packed))
    return head + b"stream\r\n" + packed + b"\r\nendstream endobj"


def overlooked(more: bytes, keyword=b"stream\r\n") -> bytes:
    """A script packed behind a dictionary that does not look like an object stream's."""
    packed = zlib.compress(SCRIPT, 9)
    head = b"90 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d%s>>"
    return head % (len(packed), more) + keyword + packed + b"\r\nendstream endobj"


ANNEX = b"80 0 obj<</Subtype/FileAttachment/FS<</F(a.exe)/EF<</F 9 0 R>>>>>>endobj"
SCRIPT = b"80 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj"
ZIP = b"PK\x03\x04" + bytes(26) + b"a.txt" + b"PK\x05\x06" + bytes(18)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"

HOSTILE = {
    "empty.jpg": lambda: b"",
    "script.svg as photo.jpg": lambda: SVG,
    "page.html as photo.png": lambda: b"<!doctype html><script>alert(1)</script>",
    "archive.zip as photo.jpg": lambda: ZIP,
    "program.exe as photo.jpg": lambda: b"MZ" + bytes(5000),
    "truncated.jpg": lambda: noise()[:60_000],
    "truncated.png": lambda: noise((200, 200), "PNG")[:40_000],
    "truncated.webp": lambda: noise((200, 200), "WEBP")[:9_000],
    "bomb of 13000 x 13000.png": lambda: png_bomb(13_000, 13_000),
    "26 megapixels.png": lambda: png_bomb(6_500, 4_000),
    "one line of 21000.png": lambda: png_bomb(21_000, 2),
    "says 2 billion wide.png": lambda: png_header(2**31 - 1, 2**31 - 1) + chunk(b"IEND", b""),
    "text bomb.png": png_with_text_bomb,
    "wrong checksum.png": lambda: picture(form="PNG").replace(b"IDAT", b"IDAX"),
    "animated.gif": lambda: picture(form="GIF"),
    "scan.tiff": lambda: picture(form="TIFF"),
    "picture.bmp": lambda: picture(form="BMP"),
    "postscript.eps as photo.jpg": lambda: picture(form="EPS"),
    "large.jpg": lambda: picture() + bytes(11 * 1024 * 1024),
    "many scans.jpg": jpeg_of_many_scans,
    "photo.heic": lambda: b"\0\0\0\x18ftypheic" + bytes(4000),
    "script.pdf": lambda: pdf(SCRIPT),
    "escaped script.pdf": lambda: pdf(SCRIPT.replace(b"Java", b"#4aa#76a")),
    "packed script.pdf": lambda: pdf(object_stream(SCRIPT)),
    "twice packed.pdf": lambda: pdf(object_stream(SCRIPT, b"/Filter[/ASCIIHexDecode/FlateDecode]")),
    "packed bomb.pdf": lambda: pdf(object_stream(bytes(60_000_000))),
    "broken packing.pdf": lambda: pdf(
        object_stream(SCRIPT).replace(b"stream\r\nx", b"stream\r\ny")
    ),
    "launch.pdf": lambda: pdf(b"80 0 obj<</S/Launch/F(cmd.exe)>>endobj"),
    "carrier.pdf": lambda: pdf(b"80 0 obj<</Type/Filespec/EmbeddedFiles 9 0 R>>endobj"),
    "far head.pdf": lambda: pdf(overlooked(b"/Pad(" + b"a" * 500 + b")")),
    "object in a string.pdf": lambda: pdf(overlooked(b"/Pad( obj)")),
    "stream in a string.pdf": lambda: pdf(
        overlooked(b"/Pad(>>stream\n" + zlib.compress(b"1") + b"endstream" + b"a" * 500 + b")")
    ),
    "stream in a comment.pdf": lambda: pdf(overlooked(b"%>>stream\n" + b"a" * 500 + b"\n")),
    "bare line end.pdf": lambda: pdf(overlooked(b"", b"stream\r")),
    "blank behind.pdf": lambda: pdf(overlooked(b"", b"stream \n")),
    "rendition.pdf": lambda: pdf(b"80 0 obj<</S/Rendition/JS(app.alert(1))>>endobj"),
    "other file.pdf": lambda: pdf(b"80 0 obj<</S/GoToR/F(//host/a.pdf)>>endobj"),
    "annex.pdf": lambda: pdf(ANNEX),
    "unnamed annex.pdf": lambda: pdf(ANNEX.replace(b"/Subtype/FileAttachment", b"")),
    "locked.pdf": lambda: pdf(b"80 0 obj<</Encrypt 9 0 R>>endobj"),
    "truncated.pdf": lambda: pdf(tail=b""),
    "no page.pdf": lambda: pdf(pages=0),
    "101 pages.pdf": lambda: pdf(pages=101),
    "html in front.pdf": lambda: b"<script>alert(1)</script>" + pdf(),
    "zip behind.pdf": lambda: pdf() + ZIP,
}
