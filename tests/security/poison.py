"""The grammar of bad values: what a program, a careless paste or an attacker puts into a field.

All draw from the ``random.Random`` that is given, so that a number and a seed say everything again. Lone
surrogates stand for bytes that are no UTF-8: they leave as the three bytes of that code point.
"""

import json

CONTROLS = [chr(code) for code in (*range(32), 0x7F, 0x85, 0x9F)]
UNSEEN = [
    "\u202e",
    "\u2066",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u2028",
    "\u00ad",
    "\U000e0041",
    "\u3164",
]
BROKEN = ["\ud800", "\udfff", "\ufffd", "\ufffe", "\ue000", "\U0010ffff"]
DATES = [
    *("0000-00-00", "9999-99-99", "2025-02-30", "0001-01-01", "9999-12-31", "10000-01-01"),
    *(
        "2025-13-01",
        "2025-1",
        "２０２５-０１-０１",
        "1940-06-01",
        "-2025-01-01",
        "2025-03-01T25:61",
    ),
    *(
        "2025-03-01\x00",
        "1e9",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "2025-W54",
        "2025-Q5",
        "2025-00",
        "9999",
        "0",
        "2025-06..2025-05",
    ),
]
NUMBERS = [
    *(
        "abc",
        "-1",
        "0",
        str(2**31),
        str(2**63),
        str(-(2**63) - 1),
        "1" * 400,
        "1e400",
        "NaN",
        "Infinity",
    ),
    *(
        "-0",
        "1.5",
        "0x10",
        "１２",
        "٣",
        "²",
        "½",
        "Ⅷ",
        "1_000",
        "1,000",
        "+1",
        " 1 ",
        "1\x00",
        "1;2",
        "--1",
    ),
    *("0.0000000000000000000001", "99999999999999999.99", "1e-400", "inf"),
]
ATTACKS = [
    *(
        "'",
        '"',
        "' OR 1=1--",
        "\\",
        "%",
        "_",
        "%s",
        "%(x)s",
        "{}",
        "{0.__class__}",
        "{{ 7*7 }}",
        "{% now %}",
    ),
    *(
        "<script>alert(1)</script>",
        "javascript:alert(1)",
        "//evil.example/",
        "/\\evil.example",
        "../../etc",
    ),
    *(
        "=1+1",
        "@SUM(A1)",
        "-1+1|cmd",
        "a\r\nSet-Cookie: x=1",
        "(((((((",
        "[a-",
        "*",
        "NULL",
        "None",
        "[]",
    ),
    *(
        "/",
        "?",
        "#",
        "&a=b",
        "null",
        "true",
        "on",
        "__all__",
        "unit_id",
        "0" * 36,
        "a@b@c",
        "中" * 300,
    ),
]
IDS = [
    "110101199003071234",
    "11010119900307123X",
    "000000000000000000",
    "110101199002300000",
    "１１０" * 6,
]
WORDS = [
    "王小明",
    "走访情况",
    "《通知》",
    "13812345678",
    "阿布都热合曼·买买提",
    "𠮷野",
    "e\u0301",
    "👩‍👩‍👧",
]
LONG = 1_000_000
QUERY_LONG = 3_000


def text(rng) -> str:
    """A text that holds something bad, at either end, in the middle or alone."""
    bad = rng.choice(rng.choice((CONTROLS, UNSEEN, BROKEN, ATTACKS, ["\x00", "\x00\ud800"])))
    word = rng.choice(WORDS)
    return rng.choice((bad, bad + word, word + bad, word[:1] + bad + word[1:], bad * 40))


def value(rng, *, longest: int = 60_000) -> str:
    draw = rng.random()
    if draw < 0.4:
        return text(rng)
    if draw < 0.94:
        return rng.choice(rng.choice((DATES, NUMBERS, ATTACKS, IDS, WORDS, ["", " ", "\t\n"])))
    return (rng.choice(("a", "中", "1", "\u0301", "👩")) * longest)[
        : rng.choice((256, 5_000, longest))
    ]


def number(rng) -> str:
    return rng.choice(NUMBERS)


def token(rng) -> str:
    """What stands for a key that only this portal makes."""
    return rng.choice(
        ("", "x", "0", "\x00", "null", "zzzzzzzz-0000", "１" * 32, "-" * 36, text(rng))
    )


# --- structured bodies ------------------------------------------------------------------------
def _leaf(rng):
    return rng.choice(
        (
            None,
            True,
            0,
            -1,
            2**70,
            1e308,
            float("nan"),
            "",
            [],
            {},
            value(rng),
            value(rng),
            text(rng),
        )
    )


def _tree(rng, depth: int, names):
    kind = rng.random()
    if depth <= 0 or kind < 0.5:
        return _leaf(rng)
    if kind < 0.65:
        return [_tree(rng, depth - 1, names) for _ in range(rng.randrange(4))]
    some = [rng.choice(names) if names else "a" for _ in range(rng.randrange(1, 6))]
    return {name: _tree(rng, depth - 1, names) for name in some}


def json_text(rng, names) -> bytes:
    """JSON that is whole, broken, deep or of an unexpected shape; ``names`` are the page's own keys."""
    draw = rng.random()
    if draw < 0.1:
        depth = rng.choice((50, 2_000, 100_000))
        opening, closing = rng.choice((("[", "]"), ('{"a":', "}")))
        return (opening * depth + "1" + rng.choice((closing * depth, ""))).encode()
    if draw < 0.3:
        return rng.choice(
            (b"", b"{", b'{"a":', b"[1,", b"\xff\xfe{", b'"\\ud800"', b"NaN", b"1" * 5_000)
        )
    tree = {name: _tree(rng, 2, names) for name in names} if draw < 0.8 else _tree(rng, 3, names)
    whole = json.dumps(tree, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    return whole if draw < 0.9 else whole[: rng.randrange(len(whole) + 1)]
