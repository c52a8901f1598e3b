"""What the pages of a quarter and of a score tell beside their fields: 为什么是 86.5 分.

From the final score down to each group of lines, each line, its rule in words, and the record and photos
behind it, linked where the viewer may open them.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.apps import apps
from django.urls import reverse

from portal.ledgers.registry import ledger_for, ledgers
from portal.models import Attachment
from portal.scope import access_of
from sanitation.enums.scoring import LineKind as K
from sanitation.ledgers.scores_pictures import moves_chart, scores_chart
from sanitation.models import Inspection, QuarterScore
from sanitation.scoring.rounding import told as told_number
from sanitation.scoring.stored import read
from sanitation.selectors.inspections import lines_of as marked_lines
from sanitation.selectors.score_problems import named
from sanitation.selectors.scores import (
    change_told,
    changed_since,
    is_mistaken,
    lines_of,
    mistaken,
    points_told,
    ranking_of,
)

FINDING = "sanitation.finding"
GROUPS = (
    ("季度检查", (K.CHECK,)),
    ("巡查扣分", (K.PATROL, K.RESTORED, K.PATROL_CAP)),
    ("专项考核", (K.SPECIAL,)),
    ("收费加分", (K.FEE,)),
    ("入户走访排名", (K.RANKING,)),
    ("警告牌", (K.WARNING,)),
    ("异议调整", (K.OBJECTION,)),
    ("最低、最高得分", (K.BOUND,)),
)


@dataclass
class Told:
    """A line as the page and the paper show it."""

    pk: int
    label: str
    points: str
    rule: str
    url: str = ""
    photos: list = field(default_factory=list)
    items: list = field(default_factory=list)  # of a check: what its items lost


@dataclass
class Group:
    title: str
    points: str
    sum: object
    lines: list[Told]


def explained(score: QuarterScore, user, lines=None) -> list[Group]:
    """The groups that have lines, in order; sums of groups add up to the total."""
    lines = lines_of(score) if lines is None else lines
    pages = pages_of({(line.subject, line.subject_id) for line in lines if line.subject_id}, user)
    groups = []
    for title, own, points in groups_of(lines):
        told = [_told(line, pages) for line in own]
        if own[0].kind == K.CHECK:
            _add_items(own, told, user)
        groups.append(Group(title, points_told(points), points, told))
    return groups


def groups_of(lines) -> list[tuple]:
    """(title, lines, sum) of the groups that have lines; every kind of line is in one group."""
    found = [(title, [line for line in lines if line.kind in kinds]) for title, kinds in GROUPS]
    return [(title, own, sum(line.points for line in own)) for title, own in found if own]


def _told(line, pages) -> Told:
    url, photos = pages.get((line.subject, line.subject_id), ("", []))
    return Told(line.pk, line.label, points_told(line.points), line.rule, url, photos)


def pages_of(records, user) -> dict:
    """{(model, key): (page, photos)} of those of the records that the user may open."""
    keys = defaultdict(set)
    for label, key in records:
        keys[label].add(key)
    pages = {}
    for label, wanted in keys.items():
        ledger = ledger_for(apps.get_model(label), "sanitation")
        if ledger is None:
            continue
        rows = ledger.queryset(user).filter(pk__in=wanted).order_by().values_list("pk", flat=True)
        seen = set(rows)
        photos = _photos(ledger, label, seen)
        for key in seen:
            page = reverse("ledger-detail", args=[ledger.slug, key])
            pages[(label, key)] = (page, photos[key])
    return pages


def _photos(ledger, label, keys) -> dict[int, list]:
    found = defaultdict(list)
    rows = Attachment.objects.kept().filter(subject=label, subject_id__in=keys)
    for row in rows.order_by("pk"):
        if row.is_image:
            at = [ledger.slug, row.subject_id, row.pk]
            found[row.subject_id].append(
                {
                    "row": row,
                    "url": reverse("ledger-file", args=at),
                    "thumbnail": reverse("ledger-file-thumbnail", args=at),
                }
            )
    return found


def _add_items(lines, told, user) -> None:
    """Below a check that the user may open: its items, what each lost, and the findings behind it."""
    open_ones = {each.pk for each in told if each.url}
    keys = {line.subject_id: line.pk for line in lines if line.pk in open_ones}
    rows = Inspection.objects.filter(pk__in=keys).select_related("rubric")
    checks = {keys[row.pk]: marked_lines(row) for row in rows}
    found = {f.pk for items in checks.values() for item in items for f in item.findings}
    pages = pages_of({(FINDING, key) for key in found}, user)
    for each in told:
        each.items = [_item(item, pages) for item in checks.get(each.pk, ())]


def _item(item, pages) -> dict:
    return {
        "title": item.item.title,
        "maximum": told_number(item.item.maximum),
        "points": None if item.line.is_na else points_told(item.line.points),
        "lost": points_told(item.line.lost) if item.line.lost else "",
        "rate": item.line.rate,
        "findings": [
            {
                "label": named(finding),
                "points": told_number(finding.points),
                "url": pages.get((FINDING, finding.pk), ("", []))[0],
                "photos": pages.get((FINDING, finding.pk), ("", []))[1],
            }
            for finding in item.findings
        ],
    }


def equation(groups: list[Group]) -> str:
    """92.02 − 2 + 4.35: the groups in one row."""
    words = ""
    for group in groups:
        if not words:
            words = group.points
        elif group.sum < 0:
            words += f" − {points_told(-group.sum)}"
        else:
            words += f" + {group.points}"
    return words


def page_of_score(score: QuarterScore, user, look: str) -> dict:
    lines = lines_of(score)
    groups = explained(score, user, lines)
    inputs, _ = read(score.inputs) if score.inputs else (None, None)
    objections = ledgers["score-objections"]
    return {
        "total": points_told(score.total),
        "groups": groups,
        "equation": equation(groups),
        "ranked": sum(1 for row in score.run.ranking if row["rank"]),
        "look": look,
        "run_url": ledgers["quarter-runs"].url("detail", score.run),
        "agrees": inputs is not None and not is_mistaken(score, lines),
        "computed": inputs is not None,
        "objections": [
            {
                "url": objections.url("detail", row),
                "line": str(row.line or "整个得分"),
                "row": row,
            }
            for row in score.objections.kept().select_related("line").order_by("occurred_on", "pk")
        ],
        "fields": [],
        "earlier": earlier_of(score, user),
    }


def earlier_of(score: QuarterScore, user) -> list[dict]:
    """The same community's scores of the quarters before, the latest first."""
    ledger = ledgers["quarter-scores"]
    rows = ledger.queryset(user).filter(
        community=score.community_id, occurred_on__lt=score.occurred_on
    )
    return [
        {
            "quarter": f"{row.run.year}年{row.run.get_quarter_display()}",
            "total": points_told(row.total),
            "rank": row.rank,
            "url": ledger.url("detail", row),
        }
        for row in rows.order_by("-occurred_on")[:6]
    ]


def page_of_run(run, user, look: str) -> dict:
    """The ranking for everybody who reads the run; what hangs on all scores for who sees them all."""
    scores = ledgers["quarter-scores"]
    seen = scores.queryset(user).filter(run=run).order_by().values_list("community", "pk")
    pages = {community: reverse("ledger-detail", args=[scores.slug, pk]) for community, pk in seen}
    rows = ranking_of(run)
    keeps = bool(rows) and access_of(user).may("sanitation.view", run.unit_id)
    return {
        "look": look,
        "rows": [
            {
                "row": row,
                "total": points_told(row.total),
                "url": pages.get(row.community, ""),
                "change": change_told(row),
            }
            for row in rows
        ],
        "scores": scores_chart(rows, pages),
        "moves": moves_chart(rows, pages),
        "n": sum(1 for row in rows if row.rank),
        "keeps": keeps,
        "wrong": mistaken(run) if keeps else [],
        "differences": changed_since(run) if keeps else [],
        "objections": _objections(run, user),
        "fields": [],
    }


def _objections(run, user) -> list[dict]:
    ledger = ledgers["score-objections"]
    rows = ledger.queryset(user).filter(score__run=run).order_by("answered_on", "occurred_on", "pk")
    return [
        {
            "url": ledger.url("detail", row),
            "community": str(row.score.community),
            "line": str(row.line or "整个得分"),
            "row": row,
        }
        for row in rows
    ]
