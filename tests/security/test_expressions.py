"""SECURITY row 22: no regular expression of ours takes long over text that nearly matches."""

import ast
import re
import time

from django.conf import settings

APPS = ("portal", "residents", "disability", "servicecenter", "volunteers", "sanitation", "reports")
CALLS = {"compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
LENGTH, MILLISECONDS = 50_000, 50
# Repeated, each makes a near miss for the expressions that repeat its kind; the last character spoils it.
UNITS = (
    "a",
    "1",
    " ",
    "\n",
    "0.",
    "1,",
    "a ",
    "a@",
    "中",
    "《",
    "（",
    "1月",
    "1-",
    "{",
    "<a",
    "/a",
    '"',
    "\\",
)
SPOILER = "!"
SHORT = 5_000


def expressions() -> dict[str, tuple[re.Pattern, str]]:
    """Each literal pattern of the code and how it is asked (``search`` unless its file asks only from the
    beginning), by file and line."""
    found = {}
    for app in APPS:
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            source = path.read_text()
            for call in _calls(source):
                if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
                    where = f"{path.relative_to(settings.BASE_DIR)}:{call.lineno}"
                    found[where] = (re.compile(call.args[0].value), _method(call, source))
    return found


def _method(call, source: str) -> str:
    """A compiled pattern is asked by the name that it is given."""
    method = call.func.attr
    if method == "compile":
        line = source.splitlines()[call.lineno - 1]
        name = re.match(r"\s*(\w+)\s*=", line)
        used = re.findall(rf"\b{name[1]}\.(\w+)\(", source) if name else []
        if used and set(used) <= {"match", "fullmatch"}:
            return used[0]
    return method if method in {"match", "fullmatch"} else "search"


def _calls(source: str):
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CALLS
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.args
        ):
            yield node


# Asked only of text whose length is bounded before: pattern → by what.
BOUNDED = {
    r"[(\[【〔{].*?[)\]】〕}]": "labels of 300 characters (portal/imports/wording.py)",
    r"[ 　]*(\d{1,2})[ ]*[、.．](?!\d)": "asked only at the beginning of a line (numbering.py)",
    r"[ 　]*[（(](\d{1,2})[)）][、.．,，：:]?": "asked only at the beginning of a line (numbering.py)",
}
FOUND = expressions()
PATTERNS = sorted({(p.pattern, p.flags, method) for p, method in FOUND.values()})


def beginnings(pattern: str) -> list[str]:
    """What may stand before the repeated part: nothing, and the literal beginning of the pattern."""
    literal = re.match(r"[\w:《（<{\"]*", pattern.lstrip("^(?:"))[0]
    return ["", literal] if literal else [""]


def _took(ask, text: str) -> float:
    started = time.process_time()
    ask(text)
    return (time.process_time() - started) * 1000


def slowest(pattern: re.Pattern, method: str) -> tuple[float, str]:
    """Milliseconds of the worst near miss. A short text tells those that grow too fast to be asked whole."""
    worst, ask = (0.0, ""), getattr(pattern, method)
    for begin in beginnings(pattern.pattern):
        for unit in UNITS:
            text = begin + unit * (LENGTH // len(unit))
            took = _took(ask, text[:SHORT] + SPOILER)
            if took * (LENGTH / SHORT) > 5 * MILLISECONDS:
                took *= LENGTH / SHORT
            else:
                took = _took(ask, text + SPOILER)
            if took > MILLISECONDS:  # the machine may have been busy
                took = min(took, _took(ask, text[:SHORT] + SPOILER) * (LENGTH / SHORT))
            worst = max(worst, (took, f"{begin}{unit}…"))
    return worst


def test_expressions_are_found():
    assert len(PATTERNS) > 20


def test_near_misses_of_50000_characters_are_quick():
    slow = {}
    for text, flags, method in PATTERNS:
        took, on = slowest(re.compile(text, flags), method)
        if took > MILLISECONDS and text not in BOUNDED:
            where = [name for name, found in FOUND.items() if found[0].pattern == text]
            slow[text] = f"{took:.0f} ms on {on!r}, {where}"
    assert not slow


def test_the_measure_finds_a_catastrophic_expression():
    """The control; on a short text, as it would never come to an end."""
    pattern = re.compile(r"(a+)+$")
    started = time.process_time()
    pattern.search("a" * 22 + "!")
    assert (time.process_time() - started) * 1000 > MILLISECONDS


def test_what_is_bounded_is_still_there():
    assert BOUNDED.keys() <= {pattern for pattern, _, _ in PATTERNS}
