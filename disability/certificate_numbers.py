"""残疾人证 numbers: the holder's 18 characters, category, level, and B1 … for a re-issue (§1.5.2)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from disability.enums import Category, Level
from residents.id_numbers import guess_kind, normalise, parse_id

NUMBER = re.compile(r"(?P<holder>[0-9]{17}[0-9X])(?P<category>.)(?P<level>.)(?P<mark>B.*)?")
REISSUE = re.compile(r"B([1-9][0-9]?)")


@dataclass(frozen=True)
class CertificateNumber:
    """``reissue`` is 0 for the first card, 1 after the first loss (B1), and so on."""

    number: str
    holder_id: str
    category: Category
    level: Level
    reissue: int = 0


def parse_certificate(raw) -> CertificateNumber:
    """The parts of a number. Raises ValidationError naming the part that is wrong."""
    text = normalise(raw)
    if not text:
        raise ValidationError("请填写残疾人证号。")
    length = len(text.partition("B")[0])
    if length != 20:
        raise ValidationError(
            f"残疾人证号长度应为20位（补发的另加B1、B2等），现在是{length}位，请核对。"
        )
    found = NUMBER.fullmatch(text)
    if not found:
        raise ValidationError("残疾人证号前18位应是持证人的身份证号码，请核对。")
    try:
        holder = parse_id(guess_kind(found["holder"]), found["holder"]).number
    except ValidationError as error:
        raise ValidationError(
            f"残疾人证号前18位不是有效的身份证号码：{error.messages[0]}"
        ) from None
    if found["category"] not in Category.values:
        raise ValidationError(
            f"残疾人证号第19位（残疾类别）应为1至7，现在是“{found['category']}”，请核对。"
        )
    if found["level"] not in Level.values:
        raise ValidationError(
            f"残疾人证号第20位（残疾等级）应为1至4，现在是“{found['level']}”，请核对。"
        )
    category, level = Category(found["category"]), Level(found["level"])
    return CertificateNumber(text, holder, category, level, _reissue(found["mark"]))


def _reissue(mark: str | None) -> int:
    if not mark:
        return 0
    found = REISSUE.fullmatch(mark)
    if not found:
        raise ValidationError(f"残疾人证号的补发标记应为B1至B99，现在是“{mark}”，请核对。")
    return int(found[1])


def certified(components: Iterable[str]) -> tuple[Category, Level]:
    """What a certificate of these components (42 is 肢体二级) says: 多重 for two or more
    categories, and the most severe level. Raises ValueError without components."""
    codes = list(components)
    if not codes:
        raise ValueError("a certificate has at least one component")
    categories = {code[0] for code in codes}
    category = Category.MULTIPLE if len(categories) > 1 else Category(categories.pop())
    return category, Level(min(code[1] for code in codes))


def check_certificate(
    number, holder_id: str, category: str = "", level: str = ""
) -> CertificateNumber:
    """Check a number against its holder and, where given, the category and level on record.

    Raises one ValidationError with a message for each thing that differs.
    """
    parsed = parse_certificate(number)
    faults = []
    if not holder_id:
        faults.append("持证人还没有登记证件号码，无法核对残疾人证号，请先补登。")
    elif parsed.holder_id != holder_id:
        faults.append("残疾人证号前18位与持证人的证件号码不一致，请核对。")
    if category and parsed.category != category:
        faults.append(
            f"残疾人证号第19位表示{parsed.category.label}残疾，"
            f"与登记的{Category(category).label}残疾不一致，请核对。"
        )
    if level and parsed.level != level:
        faults.append(
            f"残疾人证号第20位表示{parsed.level.label}，"
            f"与登记的{Level(level).label}不一致，请核对。"
        )
    if faults:
        raise ValidationError(faults)
    return parsed
