"""What may stand in a list instead of a personal number: fixed shapes, the length always kept.

The shapes follow domain §6.2. An empty value stays empty, so that a gap can be told from a mask.
"""

import re

STAR = "*"


def _cover(value: str, head: int, tail: int) -> str:
    hidden = max(len(value) - head - tail, 0)
    return value[:head] + STAR * hidden + (value[-tail:] if tail else "")


def mask_id(number: str | None) -> str:
    """110***********1234; shorter documents show less, never more than half."""
    number = number or ""
    if len(number) >= 14:
        return _cover(number, 3, 4)
    if len(number) >= 8:
        return _cover(number, 1, 2)
    return _cover(number, 0, 1) if len(number) > 1 else STAR * len(number)


def mask_certificate(number: str | None) -> str:
    """110*************4321, and the re-issue mark (B1 …) in clear."""
    number = number or ""
    base, mark = (number[:20], number[20:]) if len(number) > 20 else (number, "")
    return mask_id(base) + mark


def mask_phone(number: str | None) -> str:
    """138****1234; a landline keeps its area code and the last two digits."""
    number = number or ""
    if len(number) == 11 and number.startswith("1"):
        return _cover(number, 3, 4)
    main, dash, extension = number.rpartition("-") if "-" in number[5:] else (number, "", "")
    if len(main) < 7:
        return STAR * len(number)
    return _cover(main, _area_length(main), 2) + dash + STAR * len(extension)


def _area_length(number: str) -> int:
    """The area code: 010 and 02x have three digits, others four; +852 and the like count as one."""
    if number.startswith(("01", "02")):
        return 4 if number[3:4] == "-" else 3
    if number.startswith("0"):
        return 5 if number[4:5] == "-" else 4
    return 4 if number.startswith("+") else 0


def mask_bank(number: str | None) -> str:
    """************1234: the last four only."""
    number = number or ""
    return _cover(number, 0, 4) if len(number) > 8 else STAR * len(number)


# By the purpose of a sealed field (portal/fields.py); sealed text of other purposes has no shape to show.
BY_PURPOSE = {
    "id": mask_id,
    "phone": mask_phone,
    "certificate": mask_certificate,
    "bank": mask_bank,
}

_COMPOUND = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 "
    "公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 呼延 轩辕 拓跋 百里 东郭 南门 西门 纳兰 单于"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())


def mask_name(name: str | None) -> str:
    """李*, 张*三, 欧阳*, 欧阳*娜; of a name in parts each part keeps its first letter: 阿**·买*."""
    name = name or ""
    if "·" in name or " " in name:
        return re.sub(r"[^· ]+", lambda part: _cover(part[0], 1, 0), name)
    surname = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1
    if len(name) == 1:
        return STAR
    return _cover(name, surname, 1 if len(name) > surname + 1 else 0)
