"""The sanitation check as inspectors carry it on paper: the rubric that the portal brings along."""

from portal.checklists import Checklist, register
from sanitation.rubric_templates import RURAL, URBAN, Template, how_taken


def on_paper(code: str, title: str, template: Template) -> Checklist:
    return Checklist(
        code,
        title,
        "sanitation",
        head=("被检查单位", "检查日期", "检查地点"),
        points=tuple(
            (item.title, int(item.maximum), how_taken(item.faults, item.by_rate))
            for item in template.items
        ),
        foot=("检查人（两人以上）", "被检查单位签认或异议"),
    )


register(
    on_paper("sanitation-check", "环境卫生检查表", RURAL),
    on_paper("sanitation-check-urban", "环境卫生检查表（城市社区）", URBAN),
)
