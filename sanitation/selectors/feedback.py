"""反馈表: how a village's buy-back and hauls stand, month by month, as an official document (S8-22, S8-23)."""

from datetime import date

from portal.figures import engine
from portal.models import Unit
from portal.numbers import NOTHING
from portal.pdf.blocks import Heading, OfficialDocument, Para, Table
from portal.periods import Period
from sanitation.selectors.waste import base_of, change_of

TARGET = "sanitation.buyback_target"


def feedback_of(unit: Unit, period: Period, today: date) -> OfficialDocument:
    return OfficialDocument(
        title=f"{unit.name}\n垃圾分类与清运情况反馈表",
        subtitle=f"（{period.label}）",
        blocks=[
            *_buyback(unit, period, today),
            *_hauls(unit, period, today),
            *_others(unit, period),
        ],
        signature=unit.parent.name,
        date=_chinese(today),
        notes=[
            f"数据截至{_chinese(min(period.end, today))}，均由登记记录按事情发生的日期统计。",
            "完成率 = 任务期内累计回购 ÷ 回购任务；减量率 =（基期 − 本期）÷ 基期，负数是增加。",
        ],
    )


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _months(period: Period, today: date) -> list[Period]:
    """Those that have begun."""
    return [month for month in period.months() if month.start <= today]


def _label(month: Period, period: Period) -> str:
    one_year = period.start.year == period.end.year
    return f"{month.start.month}月" if one_year else month.label


def _reader(unit: Unit, period: Period):
    return lambda code, span=period: engine.read(f"sanitation.{code}", {unit.pk}, span)


def _buyback(unit, period, today):
    read = _reader(unit, period)
    completion = read("buyback_completion")
    yield Heading(1, "一、可回收物回购")
    if completion.denominator.value:
        gap = read("buyback_gap")
        words = f"还差{gap.full}。" if gap.value else "任务已完成。"
        yield Para(
            [
                f"回购任务{completion.denominator.full}，任务期内累计回购"
                f"{completion.numerator.full}，完成率{completion.full}，{words}"
            ]
        )
    else:
        yield Para(["期末没有回购任务。"])
    bought, paid = read("buyback_kg"), read("buyback_amount")
    yield Para([f"本期回购{bought.full}，支付{paid.full}。"])
    rows = []
    for month in _months(period, today):
        month_end = read("buyback_completion", month)
        rows.append(
            (
                _label(month, period),
                read("buyback_kg", month).text,
                read("buyback_amount", month).text,
                month_end.numerator.text if month_end.denominator.value else NOTHING,
                month_end.text,
            )
        )
    if rows:
        yield Table(
            title="各月回购和任务完成情况",
            unit_note="单位：公斤（另有注明的除外）",
            headers=("月份", "本月回购", "支付（元）", "任务期累计", "月末完成率"),
            rows=rows,
            numeric=range(1, 5),
            total=("全期", bought.text, paid.text, completion.numerator.text, completion.text),
        )


def _hauls(unit, period, today):
    read, base = _reader(unit, period), base_of(period, today)
    hauled, change = read("hauled"), change_of({unit.pk}, period, base)
    yield Heading(1, "二、垃圾清运")
    if not hauled.value and not change.before.value:
        yield Para(["本期没有清运记录。"])
        return
    per_head, each_day = read("hauled_per_person"), read("hauled_per_person_day")
    yield Para(
        [
            f"本期清运{read('haul_trips').full}、{hauled.full}，人均{per_head.full}，"
            f"人均每日{each_day.full}，分类收运占{read('sorted_share').full}。"
        ]
    )
    compared = change.told or f"{base.label}没有清运记录，不作比较"
    yield Para([f"{compared}。"])
    rows = []
    for month in _months(period, today):
        of_month = change_of({unit.pk}, month, base_of(month, today))
        rows.append(
            (
                _label(month, period),
                of_month.now.text,
                read("haul_trips", month).text,
                read("hauled_per_person", month).text,
                of_month.before.text,
                of_month.rate,
            )
        )
    if rows:
        yield Table(
            title="各月清运量",
            unit_note="单位：吨（另有注明的除外）",
            headers=("月份", "清运量", "车次", "人均（公斤）", "上年同期", "减量率"),
            rows=rows,
            numeric=range(1, 6),
            total=(
                "全期",
                hauled.text,
                read("haul_trips").text,
                per_head.text,
                change.before.text,
                change.rate,
            ),
        )


def _others(unit, period):
    read = _reader(unit, period)
    paste, fee = read("paste_rate"), read("fee_rate")
    yield Heading(1, "三、宣传画报和垃圾费")
    parts = [f"收到宣传画报{read('delivered').full}"]
    if paste.denominator.value:
        parts.append(f"抽查{paste.denominator.full}，粘贴率{paste.full}")
    else:
        parts.append("本期没有抽查粘贴")
    if fee.denominator.value:
        paid = f"垃圾费应缴{fee.denominator.full}，已缴{fee.numerator.full}"
        parts.append(f"{paid}，收费率{fee.full}，金额{read('fee_amount').full}")
    else:
        parts.append("本期没有垃圾费收缴记录")
    yield Para([f"{'；'.join(parts)}。"])
