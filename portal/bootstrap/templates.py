"""Empty tables to fill in, each with a sheet that explains its columns."""

from pathlib import Path

import xlsxwriter

from portal.accounts.placement import LEVELS
from portal.bootstrap import accounts, units
from portal.models.units import UnitKind
from portal.roles import DUTIES, Role

ROWS = 2000  # rows that get the drop-downs
UNITS_NAME, STAFF_NAME = "units.xlsx", "staff.xlsx"

UNITS_GUIDE = (
    (units.KIND, "区县、街道、社区、网格/小组之一。"),
    (units.CODE, "12 位统计用区划代码；网格在社区代码后加 3 位。请保持为文本。"),
    (units.NAME, "全称，例如“明珠社区”。"),
    (units.PARENT, "上一级单位的代码；区县留空。上级可以写在下级后面的行里。"),
    (units.SINCE, "例如 2024-01-01；一直就有的留空。"),
)
STAFF_GUIDE = (
    (accounts.USERNAME, "以字母开头，3 至 40 个小写字母、数字、点、下划线或短横。"),
    (accounts.NAME, "本人姓名。同一个人有几个角色就写几行，用户名和姓名相同。"),
    (accounts.UNIT, "任职单位的代码，须在单位表或系统里。请保持为文本。"),
    (accounts.ROLE, "从下拉中选择，见下方各角色说明。"),
    (accounts.SINCE, "角色开始的日期；留空即今天。"),
    (accounts.UNTIL, "最后有效日；长期有效留空。"),
)


def write_templates(folder: Path) -> list[Path]:
    """Write both workbooks into ``folder``; raises FileExistsError rather than overwrite one."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / UNITS_NAME, folder / STAFF_NAME]
    for path in paths:
        if path.exists():
            raise FileExistsError(path)
    roles = [(role.label, f"{_levels(role)}：{DUTIES[role].sentence}") for role in Role]
    kinds, names = [kind.label for kind in UnitKind], [role.label for role in Role]
    _write(paths[0], "单位", units.COLUMNS, {units.KIND: kinds}, UNITS_GUIDE)
    _write(paths[1], "人员", accounts.COLUMNS, {accounts.ROLE: names}, (*STAFF_GUIDE, *roles))
    return paths


def _levels(role):
    return "、".join(kind.label for kind in UnitKind if kind in LEVELS[role])


def _write(path, title, columns, choices, guide):
    with xlsxwriter.Workbook(str(path)) as book:
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F7"})
        text = book.add_format({"num_format": "@"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for index, label in enumerate(columns):
            sheet.set_column(index, index, 18, text)
            sheet.write_string(0, index, label, head)
            if label in choices:
                rule = {"validate": "list", "source": choices[label]}
                sheet.data_validation(1, index, ROWS, index, rule)
        notes = book.add_worksheet("填写说明")
        notes.set_column(0, 0, 18)
        notes.set_column(1, 1, 80, wrap)
        for number, (label, sentence) in enumerate(guide):
            notes.write_string(number, 0, label)
            notes.write_string(number, 1, sentence)
