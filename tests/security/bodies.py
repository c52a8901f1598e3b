"""A request's body, headers and query, malformed in one of the ways that a list names."""

import io
import uuid
import zipfile
from urllib.parse import quote_from_bytes

from tests.security import poison

BOUNDARY = "boundary-of-the-fuzz"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
URLENCODED = "application/x-www-form-urlencoded"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000032c8000032c80802000000")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
CONTENT_TYPES = [
    *(
        "",
        "text/plain",
        "application/json",
        "application/xml",
        "multipart/form-data",
        "a/b; charset",
    ),
    *(
        f"{URLENCODED}; charset=utf-16",
        f"{URLENCODED}; charset=utf-7",
        f"{URLENCODED}; charset=hex",
    ),
    *(
        f"{URLENCODED}; charset=\x00",
        "multipart/form-data; boundary=",
        f"{URLENCODED}; charset=UTF-8",
    ),
    *(
        "multipart/form-data; boundary=" + "b" * 300,
        "multipart/mixed; boundary=x",
        "\xff\xfe",
        ";;=;",
    ),
    *(
        f"{MULTIPART}; charset=utf-16",
        f"{MULTIPART}; charset=utf-7",
        'multipart/form-data; boundary="',
    ),
]
LANGUAGES = ["zh", "xx-yy", "*", ",;q=", "en;q=NaN", "zh-" * 200, "\xff", "a" * 5_000]
HEADERS = {
    "HTTP_HX_REQUEST": ["true", "false", "\xff", "1" * 300],
    "HTTP_HX_CURRENT_URL": [
        "javascript:alert(1)",
        "http://[::1",
        "/\x7f",
        "//evil.example/",
        "\xe4",
    ],
    "HTTP_HX_TARGET": ["\x7f", "a" * 5_000, "<b>"],
    "HTTP_HX_TRIGGER_NAME": ["id_number", "\xff", "a[]"],
    "HTTP_HX_BOOSTED": ["true", "maybe"],
    "HTTP_HX_CURRENT_URL_URI_AUTOENCODED": ["true"],
    "HTTP_HX_PROMPT": ["\xff\xfe", "a" * 5_000],
    "HTTP_X_FORWARDED_FOR": ["1.2.3.4, " * 1_200, "::1", "\xff", "999.999.999.999", "unknown", ","],
    "HTTP_X_FORWARDED_PROTO": ["https", "ftp", ""],
    "HTTP_X_REQUEST_ID": ["a" * 5_000, "\xff", "'; --", "00000000-0000-0000-0000-000000000000"],
    "HTTP_ACCEPT_LANGUAGE": LANGUAGES,
    "HTTP_ACCEPT": ["application/json", "*/*;q=x", "\xff", ",,,", "text/html;q=NaN"],
    "HTTP_ACCEPT_ENCODING": ["gzip", "br;q=x", "\xff"],
    "HTTP_IF_MODIFIED_SINCE": ["yesterday", "Thu, 01 Jan 0000 00:00:00 GMT", "\xff", "9" * 400],
    "HTTP_IF_NONE_MATCH": ['"', "*", 'W/"a', "\xff", '"a", ' * 500],
    "HTTP_RANGE": ["bytes=0-", "bytes=-1", "bytes=9-1", "lines=1", "bytes=" + "0-1," * 500],
    "HTTP_REFERER": ["javascript:alert(1)", "http://[", "\xff", "/a" * 3_000],
    "HTTP_USER_AGENT": ["", "\xff\xfe", "a" * 9_000, "'; DROP TABLE x;--", "Mozilla/5.0 (\x7f)"],
    "HTTP_ORIGIN": ["null", "http://[", "\xff"],
    "HTTP_AUTHORIZATION": ["Bearer ", "Basic \xff", "Bearer " + "a" * 5_000],
    "HTTP_TOKEN": ["", "\xff"],
    "HTTP_COOKIE": [
        "",
        "sessionid=\xff",
        "messages=x; csrftoken=",
        "=;=;",
        'a="\\777"',
        "a=b;" * 2_000,
    ],
    "HTTP_HOST": [
        "testserver:99999",
        "testserver",
        "evil.example",
        "[",
        "a\x00b",
        "测试".encode().decode("latin1"),
    ],
    "CONTENT_LENGTH": ["", "-1", "0"],  # the web server itself refuses what is no number
}
FILES = {
    "a.xlsx": [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, PNG, OLE, b"\xff" * 3_000],
    "a.png": [
        b"",
        PNG,
        PNG[:9],
        b"<svg onload='alert(1)'/>",
        b"GIF89a" + b"\xff" * 20,
        b"\xff\xd8\xff\xe0",
    ],
    "a.geojson": [
        b"{}",
        b"[" * 50_000,
        b'{"type":"FeatureCollection","features":[null]}',
        b"NaN",
        b"\xff",
    ],
    "a.pdf": [b"%PDF-1.7", b"", b"%PDF-1.4\n1 0 obj<</Length 9999999999>>stream"],
    "\x00.xlsx": [b"PK"],
    "../../a.exe": [b"MZ"],
    "名" * 400 + ".png": [PNG],
    "": [b"a"],
    "a\r\nb.png": [PNG],
    '"; filename="b.xlsx': [b"PK"],
}


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 30 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><workbook>&b;</workbook>"
        )
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    return packed.getvalue()


FILES["bomb.xlsx"] = [bomb()]


def file_of(rng) -> tuple[str, bytes]:
    name = rng.choice(list(FILES))
    return name, rng.choice(FILES[name])


def headers(rng) -> dict[str, str]:
    """Mostly none, mostly few."""
    how_many = rng.choices((0, 1, 2, 5), (60, 25, 10, 5))[0]
    found = {name: rng.choice(HEADERS[name]) for name in rng.sample(list(HEADERS), how_many)}
    if any(name.startswith("HTTP_HX") for name in found) and rng.random() < 0.7:
        found["HTTP_HX_REQUEST"] = "true"
    return found


# --- text of addresses and forms ---------------------------------------------------------------
def quoted(text: str, safe: str = "") -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe)


def pairs_text(rng, pairs) -> str:
    """``a=b&…``, rarely with a broken escape or bytes that are no UTF-8."""
    text = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs)
    if rng.random() < 0.1:
        text += rng.choice(("&%", "&%zz=%", "&=", "&&&", "&%ff=%fe%c0%80", ";a=b", "&a", "%00"))
    return text


def disturbed(rng, pairs) -> list[tuple[str, str]]:
    """Fields doubled, left out, named as arrays, or joined by strangers."""
    draw = rng.random()
    if not pairs or draw < 0.6:
        return pairs
    name, value = rng.choice(pairs)
    if draw < 0.7:
        return [*pairs, (name, poison.value(rng, longest=5_000))]
    if draw < 0.8:
        return [each for each in pairs if each[0] != name]
    if draw < 0.9:
        return [
            *pairs,
            (rng.choice((f"{name}[]", f"{name}[0]", f"{name}__in", f"{name}\x00")), value),
        ]
    strangers = (
        "id",
        "pk",
        "unit",
        "unit_id",
        "version",
        "created_by",
        "is_superuser",
        "_correction",
        "",
    )
    return [*pairs, (rng.choice(strangers), poison.value(rng, longest=5_000))]


def key_pairs(rng) -> list[tuple[str, str]]:
    """The key of a form: right, missing, twice, or no UUID."""
    key = str(uuid.UUID(int=rng.getrandbits(128), version=4))
    draw = rng.random()
    if draw < 0.9:
        return [("_key", key)]
    if draw < 0.93:
        return []
    if draw < 0.96:
        return [("_key", key), ("_key", poison.token(rng))]
    return [("_key", poison.token(rng))]


# --- whole bodies -------------------------------------------------------------------------------
def multipart(pairs, files) -> bytes:
    parts = []
    for name, value in pairs:
        head = f'Content-Disposition: form-data; name="{name}"\r\n\r\n'
        parts.append((head + value).encode("utf-8", "surrogatepass"))
    for name, (filename, content) in files:
        head = (
            f'Content-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        parts.append(head.encode("utf-8", "surrogatepass") + content)
    edge = f"--{BOUNDARY}".encode()
    return b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts) + edge + b"--\r\n"


def broken(rng, body: bytes) -> bytes:
    """Cut off, with a byte changed, or with a piece doubled."""
    place = rng.randrange(len(body) + 1)
    return rng.choice(
        (
            body[:place],
            body[:place] + bytes([rng.randrange(256)]) + body[place + 1 :],
            body[:place] + body[max(place - 40, 0) :],
            body.replace(b"\r\n", b"\n"),
            body.replace(b'name="', b'name="\x00', 1),
        )
    )


def body(rng, pairs, file_names) -> tuple[bytes, str]:
    """(body, content type) that carries the pairs, whole or malformed."""
    draw = rng.random()
    if draw < 0.04:
        return poison.json_text(rng, [name for name, _ in pairs]), "application/json"
    if draw < 0.08:
        return pairs_text(rng, pairs).encode(), rng.choice(CONTENT_TYPES)
    if draw < 0.085:
        many = pairs + [(f"f{n}", "1") for n in range(rng.choice((4_000, 6_000)))]
        return pairs_text(rng, many).encode(), URLENCODED
    if draw < 0.09 and pairs:
        name = rng.choice(pairs)[0]
        long = rng.choice(("中", "a", "9", "\x0b")) * poison.LONG
        return multipart([*((n, v) for n, v in pairs if n != name), (name, long)], []), MULTIPART
    if file_names or draw < 0.2:
        files = [(name, file_of(rng)) for name in file_names or ["file"] if rng.random() < 0.9]
        whole = multipart(pairs, files)
        return (broken(rng, whole) if rng.random() < 0.2 else whole), MULTIPART
    return pairs_text(rng, pairs).encode(), URLENCODED
