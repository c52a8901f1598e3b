"""What residents see without signing in: asked of the functions of the public role, nothing else.

All of this works as the public role (``portal.marks.anonymous``), which reads no table; the columns are
those of servicecenter/migrations/0005_public_reads.py.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from portal.intake.services import hash_of_registration, typed_code
from portal.pinyin import name_keys
from portal.public_functions import rows_of
from portal.width import to_halfwidth
from servicecenter.enums.cases import CaseState
from servicecenter.enums.catalogue import AppliesTo, CaseKind, Department, ItemLevel
from servicecenter.enums.reception import ReceptionTopic
from servicecenter.enums.regimes import CommitmentAspect, DisclosureKind
from servicecenter.selectors.receipts import (
    fits,
    rating_token,
    receipt_code,
)


# --- units and the guide ----------------------------------------------------------------------
def units() -> list[dict]:
    """Streets and communities that exist today, with what their halls tell."""
    return rows_of("servicecenter_public_units()")


@dataclass(frozen=True)
class Guide:
    """One published item as it stands today; ``row`` has its columns."""

    row: dict

    def __getattr__(self, name):
        try:
            return self.row[name]
        except KeyError:
            raise AttributeError(name) from None

    department_label = property(lambda self: Department(self.row["department"]).label)
    level_label = property(lambda self: ItemLevel(self.row["level"]).label)
    applies_label = property(lambda self: AppliesTo(self.row["applies_to"]).label)
    at_once = property(lambda self: self.row["kind"] == CaseKind.ON_SPOT)

    @property
    def limit(self) -> str:
        """How long it takes, in the words of the list."""
        return "当场办结" if self.at_once else f"{self.row['promised_days']} 个工作日"

    @property
    def steps(self) -> list[str]:
        return [line.strip() for line in self.row["process"].splitlines() if line.strip()]


def guides(unit_id: int) -> list[Guide]:
    """The published items of the unit and of the street above it, by department."""
    return [Guide(row) for row in rows_of("servicecenter_public_items(%s)", unit_id)]


def found_guides(unit_id: int, words: str) -> list[Guide]:
    """Those in whose name, department, conditions or materials every word stands, or whose name has
    the pinyin initials."""
    wanted = to_halfwidth(words).lower().split()
    return [guide for guide in guides(unit_id) if all(_speaks_of(guide, word) for word in wanted)]


def _speaks_of(guide: Guide, word: str) -> bool:
    materials = "".join(material["name"] for material in guide.materials)
    text = f"{guide.name}{guide.department_label}{guide.conditions}{materials}".lower()
    return word in text or (word.isascii() and word in name_keys(guide.name).search)


# --- where a case stands ----------------------------------------------------------------------
def status_path(case) -> str:
    """The path that the QR of a receipt carries: the case's number and the receipt's code."""
    return reverse("public-receipt", args=[case.number, receipt_code(case.number)])


@dataclass(frozen=True)
class Stage:
    """A stage on the way; ``day`` is empty for one that lies ahead."""

    label: str
    day: date | None
    notes: tuple[str, ...] = ()


HEADLINES = {
    CaseState.ACCEPTED: ("已经受理", "我们正在安排承办人员。"),
    CaseState.ASSIGNED: ("已经受理", "已转给承办人员，等待接办。"),
    CaseState.HANDLING: ("正在办理", "承办人员正在办理。"),
    CaseState.SENT_UP: ("正在办理", "已报送街道，等待街道收件。"),
    CaseState.AT_STREET: ("正在办理", "街道正在办理。"),
    CaseState.PAUSED: (
        "暂停计时",
        "有一个环节不计入办理时限（如公示、鉴定或等候补充材料），结束后继续计时。",
    ),
    CaseState.DECIDED: ("已经办结", "结果会由工作人员告诉您。"),
    CaseState.REPLIED: ("已经办结并回复", "如有疑问，请拨打下面的电话。"),
    CaseState.ARCHIVED: ("已经办结并回复", "如有疑问，请拨打下面的电话。"),
}


@dataclass(frozen=True)
class Status:
    """Where a case stands, without a word about whose it is or what it says; ``rating_path`` is where
    whoever holds the receipt may rate it, "" while nothing is to be rated."""

    row: dict
    rating_path: str = ""

    headline = property(lambda self: HEADLINES[self.row["state"]][0])
    explanation = property(lambda self: HEADLINES[self.row["state"]][1])
    unit = property(lambda self: self.row["unit"])
    phone = property(lambda self: self.row["phone"])
    complaint_phone = property(lambda self: self.row["complaint_phone"])
    due_on = property(lambda self: self.row["due_on"])
    # Whether that day lies in a year whose holidays are not announced yet.
    due_is_provisional = property(lambda self: self.row["provisional"])
    is_over = property(lambda self: self.row["decided_on"] is not None)

    @property
    def stages(self) -> list[Stage]:
        row = self.row
        return [
            Stage("登记申请", row["occurred_on"]),
            Stage("受理", row["accepted_on"]),
            Stage("办理", row["handled_on"] or row["sent_up_on"], tuple(self._on_the_way())),
            Stage("办结", row["decided_on"]),
            Stage("回复申请人", row["replied_on"]),
        ]

    def _on_the_way(self):
        row = self.row
        if row["reopened_on"]:
            yield f"{_said(row['reopened_on'])}应申请人要求重新办理"
        if row["extended_on"]:
            yield f"{_said(row['extended_on'])}批准延期 {row['extended_days']} 个工作日"
        if row["sent_up_on"]:
            yield f"{_said(row['sent_up_on'])}报送街道"
        if row["street_received_on"]:
            yield f"{_said(row['street_received_on'])}街道收件"
        if row["paused_on"]:
            yield f"{_said(row['paused_on'])}起暂停计时"


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def status_of(number: str, code: str) -> Status | None:
    """Where the case stands; None alike for a number that is not there and a code that does not fit.

    Both are always asked, whatever the first one answers.
    """
    known = fits(number, code)
    [row] = rows_of("servicecenter_public_case(%s)", number)
    [asked] = rows_of("servicecenter_public_rating(%s)", number)
    path = reverse("public-rate", args=[rating_token(asked["of_case"] or 0, asked["serial"] or 0)])
    status = Status(row, path if asked["of_case"] else "")
    return status if known & (row["state"] in HEADLINES) else None


# --- letters ----------------------------------------------------------------------------------
def letter_of(code: str) -> dict:
    """Where the letter of a registration code stands; a row of None for every other code."""
    [row] = rows_of("servicecenter_public_letter(%s)", hash_of_registration(typed_code(code)))
    return row


# --- the board and the echo wall -----------------------------------------------------------------
def months(unit_id: int) -> list[dict]:
    """The months that the unit published, the newest first: day and [label, text] of each figure."""
    return rows_of("servicecenter_public_months(%s)", unit_id)


def echoes(unit_id: int) -> list[dict]:
    """Questions that were answered and published, in the words that everybody may read."""
    rows = rows_of("servicecenter_public_echoes(%s)", unit_id)
    return [row | {"topic": ReceptionTopic(row["topic"]).label} for row in rows]


def disclosed(unit_id: int) -> list[dict]:
    """What the unit makes public on this page, by kind, the newest first."""
    rows = rows_of("servicecenter_public_disclosed(%s)", unit_id)
    return [row | {"kind": DisclosureKind(row["kind"]).label} for row in rows]


def promised(unit_id: int) -> list[dict]:
    """The promises in force."""
    rows = rows_of("servicecenter_public_promised(%s)", unit_id)
    return [row | {"aspect": CommitmentAspect(row["aspect"]).label} for row in rows]
