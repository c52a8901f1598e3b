"""证件号码: what each kind of document's number must look like, and what it tells (domain §1.1)."""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone

from portal.text import clean_text, to_halfwidth
from residents.enums import Sex


class IdKind(TextChoices):
    """Our own codes (domain §1.1.5): no national table has these kinds."""

    CITIZEN = "citizen", "居民身份证"
    HOUSEHOLD_BOOK = "household_book", "户口簿"
    HK_MACAO_RESIDENCE = "hk_macao_residence", "港澳居民居住证"
    TAIWAN_RESIDENCE = "taiwan_residence", "台湾居民居住证"
    HK_MACAO_PERMIT = "hk_macao_permit", "港澳居民来往内地通行证"
    TAIWAN_PERMIT = "taiwan_permit", "台湾居民来往大陆通行证"
    FOREIGN_RESIDENT = "foreign_resident", "外国人永久居留身份证"
    PASSPORT = "passport", "护照"
    NONE = "none", "暂无"


@dataclass(frozen=True)
class IdNumber:
    """A number in its normal form. ``sex`` and ``birth`` are None where the number does not tell;
    ``converted`` marks an 18-digit number made from a 15-digit one, to be checked on paper."""

    kind: IdKind
    number: str
    sex: Sex | None = None
    birth: date | None = None
    converted: bool = False


LONGEST = 60
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
_PROVINCES = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 "
    "50 51 52 53 54 61 62 63 64 65 71 81 82"
)
PROVINCES = frozenset(_PROVINCES.split())
REGIONS = {
    IdKind.HK_MACAO_RESIDENCE: ("810000", "820000"),
    IdKind.TAIWAN_RESIDENCE: ("830000",),
}
EARLIEST_BIRTH = 1850

EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
FIFTEEN = re.compile(r"[0-9]{15}")
HK_MACAO_PERMIT = re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?")
TAIWAN_PERMIT = re.compile(r"[0-9]{8}|[0-9]{10}[A-Z]")
OLD_FOREIGN = re.compile(r"[A-Z]{3}[0-9]{12}")
PASSPORT = re.compile(r"(?=[A-Z]{0,9}[0-9])[A-Z0-9]{5,15}")
SPOILT = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,2}|[0-9]{15,18}\.0*")
NOISE = re.compile(r"[\s()（）]")


def normalise(raw) -> str:
    """Half width, upper case, without blanks, brackets and the ' that marks text in a cell.

    Raises ValidationError for a numeric cell: a spreadsheet keeps 15 digits of an 18-digit number.
    """
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise ValidationError(SAVED_AS_NUMBER)
    if len(raw) > LONGEST:
        raise ValidationError("证件号码太长，请核对。")
    text = NOISE.sub("", to_halfwidth(clean_text(raw))).lstrip("'’‘`").upper()
    if SPOILT.fullmatch(text):
        raise ValidationError(SAVED_AS_NUMBER)
    return text


SAVED_AS_NUMBER = "证件号码被表格存成了数字，末尾已失真，请把该列设为文本后重新填写"


def check_character(first17: str) -> str:
    """The 18th character, by ISO 7064 MOD 11-2 (GB 11643-1999)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True))
    return CHECKS[total % 11]


def guess_kind(raw) -> IdKind | None:
    """The kind that a number's shape suggests; NONE for an empty one, None when nothing fits."""
    text = normalise(raw)
    if not text:
        return IdKind.NONE
    if EIGHTEEN.fullmatch(text):
        for kind, regions in REGIONS.items():
            if text.startswith(regions):
                return kind
        return IdKind.FOREIGN_RESIDENT if text[0] == "9" else IdKind.CITIZEN
    shapes = (
        (FIFTEEN, IdKind.CITIZEN),
        (OLD_FOREIGN, IdKind.FOREIGN_RESIDENT),
        (HK_MACAO_PERMIT, IdKind.HK_MACAO_PERMIT),
        (TAIWAN_PERMIT, IdKind.TAIWAN_PERMIT),
        (PASSPORT, IdKind.PASSPORT),
    )
    return next((kind for shape, kind in shapes if shape.fullmatch(text)), None)


def parse_id(kind: IdKind | str | None, raw) -> IdNumber:
    """Check a number against its kind; without a kind, against the kind its shape suggests.

    Raises ValidationError naming what is wrong: the length, the region, the birth date or the
    check character. A birth date lies between 1850 and today.
    """
    text = normalise(raw)
    kind = IdKind(kind) if kind else guess_kind(text) or IdKind.CITIZEN
    if kind is IdKind.NONE:
        if text:
            raise ValidationError("证件类型为“暂无”时不填证件号码；有号码的请选择证件类型。")
        return IdNumber(kind, "")
    if not text:
        raise ValidationError("请填写证件号码。")
    return PARSERS[kind](kind, text)


class IdFault(TextChoices):
    """What a stored number disagrees with; kept beside it, because sealed numbers cannot be asked."""

    CHECK = "check", "号码不合规则"
    SEX = "sex", "与性别不一致"
    BIRTH = "birth", "与出生日期不一致"


def id_faults(kind, number: str, sex, born_on) -> list[str]:
    """What is wrong with a number, by itself or beside the sex and birth date recorded with it."""
    if not number:
        return []
    try:
        parsed = parse_id(kind, number)
    except ValidationError:
        return [IdFault.CHECK]
    found = []
    if parsed.sex and sex not in (parsed.sex, Sex.UNKNOWN, Sex.UNSTATED, None):
        found.append(IdFault.SEX)
    if parsed.birth and born_on and parsed.birth != born_on:
        found.append(IdFault.BIRTH)
    return found


def twin_key(number: str) -> str:
    """What stays the same where one document's number is written in another form, or under another
    kind: 15 digits as the 18 made from them, a permit without its count of re-issues."""
    if FIFTEEN.fullmatch(number):
        first17 = f"{number[:6]}19{number[6:]}"
        return first17 + check_character(first17)
    if HK_MACAO_PERMIT.fullmatch(number):
        return number[:9]
    if TAIWAN_PERMIT.fullmatch(number):
        return number[:8]
    return number


# --- 18 digits ----------------------------------------------------------------------------------
def _citizen(kind: IdKind, text: str) -> IdNumber:
    if FIFTEEN.fullmatch(text):
        _check_province(text)
        _birth("19" + text[6:12])
        first17 = f"{text[:6]}19{text[6:]}"
        return _read(kind, first17 + check_character(first17), converted=True)
    _check_shape(kind, text)
    _check_province(text)
    return _checked(kind, text)


def _resident_card(kind: IdKind, text: str) -> IdNumber:
    _check_shape(kind, text)
    if not text.startswith(REGIONS[kind]):
        regions = "或".join(REGIONS[kind])
        raise ValidationError(f"{kind.label}号码应以{regions}开头，请核对号码和证件类型。")
    return _checked(kind, text)


def _foreign_resident(kind: IdKind, text: str) -> IdNumber:
    if len(text) == 15:
        return _old_foreign_resident(kind, text)
    _check_shape(kind, text)
    if text[0] != "9":
        raise ValidationError("外国人永久居留身份证号码应以9开头，请核对号码和证件类型。")
    if text[1:3] not in PROVINCES:
        raise ValidationError(f"号码第2至3位“{text[1:3]}”不是省级代码，请核对。")
    return _checked(kind, text)


def _old_foreign_resident(kind: IdKind, text: str) -> IdNumber:
    """Nationality, region, YYMMDD, serial and a check digit, whose rule is not published: only the
    date can be checked, and it tells the century only where 20YY would be in the future."""
    if not OLD_FOREIGN.fullmatch(text):
        raise ValidationError("旧版外国人永久居留身份证号码应为3个字母加12位数字，请核对。")
    births = [_existing(century + text[7:13]) for century in ("19", "20")]
    possible = [birth for birth in births if birth and birth <= timezone.localdate()]
    if not possible:
        raise ValidationError(f"号码中的出生日期“{text[7:13]}”不存在，请核对。")
    return IdNumber(kind, text, birth=possible[0] if len(possible) == 1 else None)


def _check_shape(kind: IdKind, text: str) -> None:
    if len(text) != 18:
        raise ValidationError(f"{kind.label}号码长度应为18位，现在是{len(text)}位，请核对。")
    if not EIGHTEEN.fullmatch(text):
        raise ValidationError("号码前17位应全是数字，最后一位是数字或X，请核对。")


def _check_province(text: str) -> None:
    for kind, regions in REGIONS.items():
        if len(text) == 18 and text.startswith(regions):
            raise ValidationError(f"这是{kind.label}的号码，请改选证件类型。")
    if len(text) == 18 and text[0] == "9":
        raise ValidationError("这是外国人永久居留身份证的号码，请改选证件类型。")
    if text[:2] not in PROVINCES:
        raise ValidationError(f"号码前2位“{text[:2]}”不是省级代码，请核对。")


def _checked(kind: IdKind, text: str) -> IdNumber:
    """Birth date, then check character: the clerk is not told the right one, lest it be typed in."""
    number = _read(kind, text)
    if check_character(text[:17]) != text[17]:
        raise ValidationError("号码的校验码不对，说明其中有数字填错，请对照证件逐位核对。")
    return number


def _read(kind: IdKind, text: str, *, converted: bool = False) -> IdNumber:
    sex = Sex.MALE if int(text[16]) % 2 else Sex.FEMALE
    return IdNumber(kind, text, sex, _birth(text[6:14]), converted)


def _existing(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _birth(digits: str) -> date:
    birth = _existing(digits)
    if birth is None:
        raise ValidationError(f"号码中的出生日期“{digits}”不存在，请核对。")
    if birth > timezone.localdate():
        raise ValidationError(f"号码中的出生日期“{digits}”晚于今天，请核对。")
    if birth.year < EARLIEST_BIRTH:
        raise ValidationError(f"号码中的出生日期“{digits}”早于{EARLIEST_BIRTH}年，请核对。")
    return birth


# --- permits and passports ------------------------------------------------------------------------
def _hk_macao_permit(kind: IdKind, text: str) -> IdNumber:
    if not HK_MACAO_PERMIT.fullmatch(text):
        raise ValidationError("港澳居民来往内地通行证号码应为H或M加8位数字（旧证10位），请核对。")
    return IdNumber(kind, text)


def _taiwan_permit(kind: IdKind, text: str) -> IdNumber:
    if not TAIWAN_PERMIT.fullmatch(text):
        raise ValidationError(
            "台湾居民来往大陆通行证号码应为8位数字（旧证为10位数字加1个字母），请核对。"
        )
    return IdNumber(kind, text)


def _passport(kind: IdKind, text: str) -> IdNumber:
    if not PASSPORT.fullmatch(text):
        raise ValidationError("护照号码应为5至15位字母和数字，且至少有1位数字，请核对。")
    return IdNumber(kind, text)


PARSERS = {
    IdKind.CITIZEN: _citizen,
    IdKind.HOUSEHOLD_BOOK: _citizen,
    IdKind.HK_MACAO_RESIDENCE: _resident_card,
    IdKind.TAIWAN_RESIDENCE: _resident_card,
    IdKind.HK_MACAO_PERMIT: _hk_macao_permit,
    IdKind.TAIWAN_PERMIT: _taiwan_permit,
    IdKind.FOREIGN_RESIDENT: _foreign_resident,
    IdKind.PASSPORT: _passport,
}
