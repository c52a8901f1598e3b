"""A workbook of invented newcomers, as a community would send it."""

import io
from datetime import date, timedelta

import xlsxwriter

HEADS = ("姓名", "证件号码", "性别", "出生日期", "联系电话", "现居住地址", "在册起始日期")
AREA = "449903"  # nobody of the bench's register has it
FIRST = date(1950, 1, 1)


def newcomers(count: int) -> list[tuple[str, ...]]:
    from residents.demo.names import FEMALE, MALE, SURNAMES
    from residents.id_numbers import check_character

    rows = []
    for number in range(count):
        man = number % 2 == 1
        given = MALE if man else FEMALE
        born = FIRST + timedelta(days=number % 20_000)
        first = f"{AREA}{born:%Y%m%d}{2 * (number // 20_000) + man:03d}"
        name = SURNAMES[number % len(SURNAMES)] + given[number // 7 % len(given)]
        name += given[number // 3 % len(given)]
        rows.append(
            (
                name,
                first + check_character(first),
                "男" if man else "女",
                born.isoformat(),
                f"198{number:08d}",
                f"春华路{number // 60 + 1}号{number % 600 + 101}",
                "2024-01-01",
            )
        )
    return rows


def workbook(rows: list[tuple[str, ...]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("居民")
        for place, cells in enumerate([HEADS, *rows]):
            for column, text in enumerate(cells):
                sheet.write_string(place, column, text)
    return target.getvalue()
