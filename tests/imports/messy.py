"""A workbook as bad as they come, built the same way each time, with what is wrong at which cell."""

import io

from openpyxl import Workbook

from residents.id_numbers import CHECKS, check_character

FIRST = 6  # three titles, two header rows
HOUSEHOLDS, MEMBERS = 20, 3
EXT_B, EXT_I = "韦\U00020164", "黄\U0002ebf0"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
STYLES = (
    lambda number: number,
    lambda number: f"{number[:6]} {number[6:14]} {number[14:]}",
    lambda number: number.translate(WIDE),
    lambda number: f"'{number}",
    lambda number: f"{number[:6]}-{number[6:14]}-{number[14:]}",
    lambda number: f"身份证：{number.lower()}",
)


def number_of(place: int) -> str:
    first = f"110101{1950 + place % 60}0101{place:03d}"
    return first + check_character(first)


def wrong(number: str) -> str:
    return number[:-1] + CHECKS[(CHECKS.index(number[-1]) + 1) % 11]


def cell(column: str, household: int, member: int) -> str:
    return f"{column}{FIRST + (household - 1) * MEMBERS + member}"


def messy() -> tuple[bytes, dict[str, str]]:
    """(the workbook, {cell: words that must be said there})."""
    book = Workbook()
    sheet = book.active
    sheet.title = "人员表"
    for row, title in enumerate(
        ("××街道户籍人口登记表", "填报单位：明珠社区", "填表说明：一户一块"), 1
    ):
        sheet.cell(row, 1, title)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=9)
    groups = ("户号", "门牌", "户别", "成员情况", "", "", "", "联系方式", "备 注")
    below = ("", "", "", "姓　名", "与户主的关系", "公民身份号码", "出生年月", "", "")
    for column, (group, label) in enumerate(zip(groups, below, strict=True), 1):
        sheet.cell(4, column, group or None)
        sheet.cell(5, column, label or None)
        if not label:
            sheet.merge_cells(start_row=4, start_column=column, end_row=5, end_column=column)
    sheet.merge_cells("D4:G4")
    expected = {}
    for household in range(1, HOUSEHOLDS + 1):
        _household(sheet, household, expected)
    last = FIRST + HOUSEHOLDS * MEMBERS
    sheet.cell(last, 1, "合  计")
    sheet.cell(last, 4, f"=COUNTA(D{FIRST}:D{last - 1})")
    sheet.cell(last + 1, 1, "负责人：        填表人：        填表日期：2025年12月1日")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue(), expected


def _household(sheet, household: int, expected: dict[str, str]) -> None:
    top = FIRST + (household - 1) * MEMBERS
    sheet.cell(top, 1, f"R-{household:02d}")
    sheet.cell(top, 2, f"明珠路{household}号")
    sheet.cell(top, 3, "家庭户")
    for column in (1, 2, 3):
        sheet.merge_cells(
            start_row=top, start_column=column, end_row=top + MEMBERS - 1, end_column=column
        )
    headless = household > HOUSEHOLDS - 4
    if headless:
        expected[cell("A", household, 0)] = "没有户主"
    for member, relation in enumerate(("子" if headless else "户主", "妻子", "长女")):
        place = household * 10 + member
        number = number_of(place)
        text: object = STYLES[place % len(STYLES)](number)
        name = {31: EXT_B, 41: EXT_I}.get(
            place, f"成员{'甲乙丙'[member]}{'一二三四五六七八九十'[household % 10]}"
        )
        note: str | None = None
        if (household, member) in {(5, 1), (6, 1), (7, 1)}:
            text = wrong(number)
            expected[cell("F", household, member)] = "校验码不对"
        if (household, member) in {(8, 2), (9, 2)}:
            text = int(number[:17] + "0")
            expected[cell("F", household, member)] = "存成了数字"
        if member == 2 and 10 <= household <= 14:
            text = number = number_of((household - 9) * 10)
            expected[cell("F", household, member)] = (
                f"与本表第 {FIRST + (household - 10) * MEMBERS} 行重复"
            )
        if (household, member) == (15, 1):
            note = "=1/0"
            expected[cell("I", household, member)] = "公式没有算出结果"
        row = top + member
        born = f"{number[6:10]}.{int(number[10:12])}"
        values = (name, relation, text, born, f"1380000{place:04d}", note)
        for column, value in enumerate(values, 4):
            sheet.cell(row, column, value)
