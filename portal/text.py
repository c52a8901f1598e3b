"""One cleaning step for everything typed or imported: text, names and phone numbers.

Nothing here asks ``isalpha`` or ``\\w``: Python 3.11 does not know CJK Extension I (GB 18030
Amendment 1, in force 2025-10-01) and calls those characters unassigned.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError

from portal.days import parse_date
from portal.width import to_halfwidth

__all__ = ["clean_name", "clean_text", "parse_date", "parse_phone", "to_halfwidth", "typed_words"]

# Controls but for tab and line ends, then everything that is there but not seen: bidi marks,
# zero-width characters, fillers, soft hyphen, variation selectors.
INVISIBLE = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
BROKEN = re.compile("[\ufffd\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def clean_text(value: str | None, *, multiline: bool = False) -> str:
    """NFC, without control and invisible characters, trimmed; line ends stay only if ``multiline``.

    Raises ValidationError for NUL, for broken characters and for private-use ones (old police
    fonts), which would be read differently on every machine.
    """
    text = value or ""
    if "\0" in text:
        raise ValidationError("文字中含有空字符（NUL），请删去后重新填写。")
    if BROKEN.search(text):
        raise ValidationError("文字中含有乱码，请对照原件重新填写。")
    if found := PRIVATE.search(text):
        raise ValidationError(
            f"第{found.start() + 1}个字（U+{ord(found[0]):04X}）是旧字库的自造字，"
            "其他电脑上显示不出来，请改用国家标准 GB 18030 的编码重新输入这个字。"
        )
    text = LINE_END.sub("\n" if multiline else " ", text).replace("\t", " ")
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text)).strip()


def typed_words(value: str, longest: int = 100) -> str:
    """What was typed into a search box, cleaned; "" for characters that no text of ours holds."""
    try:
        return clean_text(value[:longest])
    except ValidationError:
        return ""


# --- names --------------------------------------------------------------------------------------
LONGEST_NAME = 50  # 民委发〔2016〕33号
LONGEST_TYPED = 400
SEPARATOR = "·"
SEPARATORS = "·•・･.．‧∙⋅"
LATIN_MARKS = "-'."


def clean_name(value: str | None) -> str:
    """A person's name: letters of any script, · between parts, blanks only in Latin names.

    Other separators become · (民委发〔2016〕33号); "张 三" becomes 张三. An empty value stays empty.
    Raises ValidationError for more than 50 characters, for digits and for symbols.
    """
    if value and len(value) > LONGEST_TYPED:
        raise ValidationError(f"姓名最多{LONGEST_NAME}个字。")
    text = "".join(map(_plain_radical, to_halfwidth(clean_text(value)).replace("’", "'")))
    text = _with_spaces_settled(" ".join(text.split()))
    # Again: behind a stop that proved to be a separator no blank stays.
    text = _with_spaces_settled(_with_separators_settled(text))
    if len(text) > LONGEST_NAME:
        raise ValidationError(f"姓名最多{LONGEST_NAME}个字。")
    for index, character in enumerate(text):
        if not _may_stand_in_name(text, index, character):
            raise ValidationError(f"姓名中不能有“{character}”，请核对。")
    return text


def _plain_radical(character: str) -> str:
    """⽅ (a Kangxi radical, as pasted from some PDFs) looks like 方 but is not found by it."""
    if "\u2f00" <= character <= "\u2fd5":
        return unicodedata.normalize("NFKC", character)
    return character


def _is_latin(character: str) -> bool:
    return (character.isascii() and character.isalpha()) or "\u00c0" <= character <= "\u024f"


def _is_letter(character: str) -> bool:
    """A letter or mark of any script; in the planes of Han characters also what is unknown yet."""
    category = unicodedata.category(character)
    if category == "Cn":
        return "\U00020000" <= character <= "\U0003fffd"
    return category[0] in "LM" or character == "〇"


def _with_spaces_settled(text: str) -> str:
    """Keep a blank only where Latin letters (or their marks) stand on both sides."""
    kept = []
    for index, character in enumerate(text):
        if character == " ":
            before, after = text[index - 1], text[index + 1]
            latin = _is_latin(after) and (_is_latin(before) or before in LATIN_MARKS)
            if not latin:
                continue
        kept.append(character)
    return "".join(kept)


def _with_separators_settled(text: str) -> str:
    """· for every kind of dot, but for the full stop of a Latin initial (J. Smith)."""
    settled = []
    for index, character in enumerate(text):
        latin_stop = character == "." and index > 0 and _is_latin(text[index - 1])
        if character in SEPARATORS and not latin_stop:
            character = SEPARATOR
        settled.append(character)
    return "".join(settled)


def _may_stand_in_name(text: str, index: int, character: str) -> bool:
    before = text[index - 1] if index else ""
    after = text[index + 1 : index + 2]
    if character == SEPARATOR:
        return bool(before and after) and SEPARATOR not in (before, after)
    if character == " ":
        return True
    if character in LATIN_MARKS:
        return bool(before) and _is_latin(before)
    return _is_letter(character)


# --- phone numbers ------------------------------------------------------------------------------
LONGEST_PHONE = 40
PHONE_NOISE = re.compile(r"[ \u00a0()（）]")
DASHES = re.compile("[-\u2010-\u2015\u2212－—]")
COUNTRY = re.compile(r"(?:\+|00)86-?")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"(0(?:10|2[0-9])-?[2-9][0-9]{6,7}|0[3-9][0-9]{2}-?[2-9][0-9]{6,7})")
LOCAL = re.compile(r"[2-9][0-9]{6,7}")
SERVICE = re.compile(r"[48]00-?[0-9]{3}-?[0-9]{4}")
FOREIGN = re.compile(r"\+[1-9][0-9]{6,14}")
EXTENSION = re.compile(r"(?:-|转|ext\.?)([0-9]{1,6})", re.IGNORECASE)


def parse_phone(value) -> str:
    """A mobile number (11 digits), a landline (digits, area code first, "-801" for an extension),
    400/800, or a foreign number with +. Raises ValidationError saying what is wrong.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValidationError("电话号码应为数字。")
    text = str(value)
    if len(text) > LONGEST_PHONE:
        raise ValidationError("电话号码太长，一格只能填一个号码。")
    text = PHONE_NOISE.sub("", to_halfwidth(clean_text(text)).lstrip("'"))
    text = DASHES.sub("-", text)
    if not text:
        raise ValidationError("请填写电话号码。")
    if country := COUNTRY.match(text):
        text = text[country.end() :]
        # Behind the country code an area code stands without its 0: +86-731-85551234.
        if not MOBILE.fullmatch(text.replace("-", "")) and not text.startswith("0"):
            text = f"0{text}"
    return _known_phone(text)


def _known_phone(text: str) -> str:
    digits = text.replace("-", "")
    if MOBILE.fullmatch(digits.removeprefix("86") if len(digits) == 13 else digits):
        return digits[-11:]
    if FOREIGN.fullmatch(digits):
        return digits
    for pattern in (SERVICE, LANDLINE, LOCAL):
        found = pattern.match(text)
        if not found:
            continue
        number, rest = found[0].replace("-", ""), text[found.end() :]
        if not rest:
            return number
        if extension := EXTENSION.fullmatch(rest):
            return f"{number}-{extension[1]}"
    raise ValidationError(_phone_trouble(text, digits))


def _phone_trouble(text: str, digits: str) -> str:
    if any(mark in text for mark in "/、,;，；"):
        return "一格只能填一个电话号码，其余请填在备注中。"
    if not digits.isascii() or not digits.isdigit():
        return "电话号码中有不该有的字，请核对。"
    if digits.startswith("1"):
        if len(digits) != 11:
            return f"手机号码应为11位，现在是{len(digits)}位。"
        return "没有这样的手机号段，请核对。"
    return "电话号码不对：手机号码为11位；座机请带区号，如 0731-85551234。"
