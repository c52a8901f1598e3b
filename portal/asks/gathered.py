"""What a street sees of an ask: communities × figures as they were confirmed, who is late, the sum of the
confirmed beside the engine's own, and the same as a file. Late is who passed the deadline; nobody is ranked.
Of a figure that the reader may not see the head stands there, and no number."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from portal.asks import counting, deadlines
from portal.asks.counting import WHOLE
from portal.asks.guards import seen_figures
from portal.asks.workflow import GIVEN, AnswerState
from portal.exports.paper import SIGNATURE, Paper, chinese, printed_on
from portal.figures import Category, figures
from portal.figures.links import figure_url
from portal.ledgers.columns import Column
from portal.models import Ask, AskAnswer
from portal.scope import below

LABELS = {
    AnswerState.WAITING: "warn",
    AnswerState.CONFIRMED: "info",
    AnswerState.RETURNED: "bad",
    AnswerState.ACCEPTED: "good",
}
NOT_SEEN = "不能查看"


def is_late(answer: AskAnswer, ask: Ask, now: datetime) -> bool:
    """Answered after the deadline, or not yet although it passed and the ask still runs."""
    if answer.is_due:
        return ask.is_open and now > ask.due_at
    return answer.given.step == "confirm" and answer.given.taken_at > ask.due_at


@dataclass(frozen=True)
class Row:
    answer: AskAnswer
    counted: dict
    late: bool

    @property
    def badge(self) -> str:
        return LABELS[self.answer.state]

    @property
    def url(self) -> str:
        return reverse("ask-answer", args=[self.answer.pk])


class Gathered:
    """As ``user`` may see it. ``now`` adds what the records say at this moment, for the whole figures."""

    def __init__(self, ask: Ask, user, now: datetime | None = None):
        self.ask, self.user, self.now = ask, user, now or timezone.now()

    @cached_property
    def seen(self) -> list[str]:
        """The codes of the figures whose numbers the reader may see of all these units."""
        return seen_figures(self.user, self.ask.figures, self.units | self.ask.asked)

    @cached_property
    def columns(self) -> list[tuple[str, str, str]]:
        """(code, value of the category, label), figure by figure."""
        return [(code, value, label) for code in self.ask.figures for value, label in self.values]

    @cached_property
    def values(self) -> list[tuple[str, str]]:
        """Those of the ask; of the records without any of the choices only where one of the numbers has such."""
        found, last = counting.values_of(self.ask), Category.UNSTATED
        if last not in dict(found):
            return found
        told = [self.cell(row, code, last) for row in self.rows for code in self.seen]
        told += [counting.Cell.of(self.of_all[code, last], last) for code in self.seen]
        if all(cell is None or cell.is_idle for cell in told):
            found = [(value, label) for value, label in found if value != last]
        return found

    @cached_property
    def heads(self) -> list[dict]:
        return [
            {
                "label": counting.label_of(code),
                "measure": figures[code].measure if code in figures else "",
                "definition": figures[code].definition if code in figures else "",
                "span": len(self.values),
                "seen": code in self.seen,
            }
            for code in self.ask.figures
        ]

    @cached_property
    def rows(self) -> list[Row]:
        answers = self.ask.answers.select_related("unit", "given__taken_by").order_by("unit__code")
        return [
            Row(
                answer,
                {each.code: each for each in counting.thawed(answer.given.content)}
                if answer.state in GIVEN
                else {},
                is_late(answer, self.ask, self.now),
            )
            for answer in answers
        ]

    def cell(self, row: Row, code: str, value: str):
        """The frozen cell; None where the community has not answered, or the reader may not see it."""
        counted = row.counted.get(code) if code in self.seen else None
        return counted.at(value) if counted else None

    def sums(self) -> list[str]:
        """By column the sum of the confirmed; "" where it would say nothing."""
        return [
            counting.added(code, [self.cell(row, code, value) for row in self.rows])
            for code, value, _ in self.columns
        ]

    @cached_property
    def units(self) -> frozenset[int]:
        """Over which the engine counts: the street with what it keeps itself, or those asked."""
        return below([self.ask.unit_id] if self.ask.whole else self.ask.asked)

    @cached_property
    def of_all(self) -> dict:
        """By code and value of the category what the engine counts now of all together."""
        return counting.whole_of(self.ask, self.seen, self.units)

    def engine_label(self) -> str:
        if self.ask.whole:
            return f"{self.ask.unit}（含本级登记）"
        return str(self.ask.group) if self.ask.group_id else "所要社区"

    def engine_cells(self) -> list[dict]:
        """By column what the engine counts now of all, each number with the page of its records where
        there is one for just these units."""
        return [
            {"text": self.of_all[code, value].text, "url": self._engine_url(code, value)}
            if code in self.seen
            else {"text": "", "url": ""}
            for code, value, _ in self.columns
        ]

    def _engine_url(self, code: str, value: str) -> str:
        query = {"period": self.ask.period.key} | ({self.ask.category: value} if value else {})
        if self.ask.whole:
            return figure_url(code, unit=self.ask.unit_id, **query)
        if self.ask.group_id and set(self.ask.group.members) == self.ask.asked:
            return figure_url(code, group=self.ask.group_id, **query)
        return ""

    @cached_property
    def present(self) -> dict[int, dict[str, str]]:
        """By community what the records say now of the whole figures."""
        return counting.wholes(self.ask, self.seen, [row.answer.unit_id for row in self.rows])

    def table(self) -> list[dict]:
        """The rows of the page."""
        return [
            {
                "row": row,
                "cells": [self._shown(row, code, value) for code, value, _ in self.columns],
            }
            for row in self.rows
        ]

    def _shown(self, row: Row, code: str, value: str) -> dict:
        if code not in self.seen:
            return {"text": "", "now": "", "url": "", "not_seen": True}
        cell, unit = self.cell(row, code, value), row.answer.unit_id
        now = self.present[unit][code] if value == WHOLE else ""
        return {
            "text": cell.text if cell else "",
            "now": now if cell and now and now != cell.text else "",
            "url": counting.cell_url(self.ask, code, unit, value),
        }

    # --- as a file ------------------------------------------------------------------------------------
    def paper(self, by) -> tuple[Paper, list[list]]:
        """The frozen numbers, one row for each community."""
        local, ask = timezone.localtime(self.now), self.ask
        columns = [Column("社区", str, width=18), *self._number_columns()]
        columns += [Column("统计时间", str, width=17), Column("确认人", str, width=10)]
        columns += [Column(text[:30], str, width=24) for text in ask.questions]
        columns.append(Column("说明", str, width=30))
        groups = [""] + [counting.label_of(code) for code, _, _ in self.columns]
        groups += [""] * (len(columns) - len(groups))
        paper = Paper(
            ask.title,
            columns,
            titles=(f"{ask.unit} {ask.title}", ask.period.label),
            remarks=(
                f"期限：{deadlines.told(timezone.localtime(ask.due_at))}",
                f"用途：{ask.reason}",
            ),
            groups=groups if ask.category else (),
            total=lambda rows: self._total(len(columns)),
            signature=SIGNATURE,
            footer=f"{by.name} {printed_on(local)}　数字为各社区确认时的数（{chinese(local.date())}导出）",
        )
        return paper, [self._line(row) for row in self.rows]

    def _number_columns(self):
        for code, _, label in self.columns:
            measure = f"（{figures[code].measure}）" if code in figures else ""
            text = label if self.ask.category else f"{counting.label_of(code)}{measure}"
            yield Column(text, str, width=12, numeric=True)

    def _line(self, row: Row) -> list:
        given, answered = row.answer.given, row.answer.state in GIVEN
        numbers = [
            _number(self.cell(row, code, value)) if code in self.seen else NOT_SEEN
            for code, value, _ in self.columns
        ]
        if not answered:
            blank = ["", "", *("" for _ in self.ask.questions)]
            return [str(row.answer.unit), *numbers, *blank, row.answer.get_state_display()]
        note = given.note if given.right else f"数字有误：{given.note}"
        at = printed_on(timezone.localtime(given.as_of))
        words = list(given.words) or ["" for _ in self.ask.questions]
        return [str(row.answer.unit), *numbers, at, given.taken_by.name, *words, note]

    def _total(self, count: int) -> list:
        line = ["已确认之和", *self.sums()]
        return line + [""] * (count - len(line))


def _number(cell):
    """A number for a spreadsheet, with the decimals that columns print; text where it is none."""
    if cell is None:
        return ""
    plain = cell.text.replace(",", "")
    try:
        return Decimal(plain)
    except ArithmeticError:
        return cell.text
