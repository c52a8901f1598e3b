"""A street's summary beside those of its communities: who has issued, figure by figure, person by person."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.figures import Ratio, figures
from portal.marks import needs
from portal.scope import access_of
from reports.branches import below_word
from reports.facts import told_keys
from reports.models import Summary
from reports.rollup.page import reconciled
from reports.rollup.reconciling import beside
from reports.rollup.standings import kinds_below, standings, tallied
from reports.tokens import parts_of
from reports.views.finding import sections_of, summary_of
from reports.views.issued import undamaged


def rolled_up(request, pk) -> tuple[Summary, list]:
    """The summary and, for each unit right below, how its own summaries stand. 404 where there is none."""
    summary = summary_of(request, pk)
    below = standings(summary.telling, kinds_below(summary.outline))
    if not below:
        raise Http404
    return summary, below


@require_safe
@needs("figures.view")
@undamaged
def summary_communities(request, pk):
    """Which of the units below have issued, and each figure of the draft beside theirs."""
    summary, below = rolled_up(request, pk)
    kinds, telling = kinds_below(summary.outline), summary.telling
    access = access_of(request.user)
    codes = dict.fromkeys(parts_of(key)[0] for key in _told(summary))
    seen = [c for c in codes if access.may(figures[c].permission, summary.unit_id)]
    rows = beside(seen, telling, below)
    word = below_word([each.branch for each in below])
    context = {
        "summary": summary,
        "word": word,
        "kinds": kinds,
        "below": [
            {
                "name": each.branch.name,
                "standings": [each.standings[kind.kind] for kind in kinds],
                "issued": bool(each.issues),
            }
            for each in below
        ],
        "issued": sum(bool(each.issues) for each in below),
        "missing": [each.branch.name for each in below if not each.issues],
        "said": tallied(summary.outline, telling, below).sentence,
        "figures": [_compared(row) for row in rows],
        "differing": sum(bool(row.difference) for row in rows),
        "as_of": timezone.localtime(),
    }
    return render(request, "reports/communities.html", context)


def _told(summary: Summary) -> list[str]:
    texts = [section.text for section in sections_of(summary)]
    return told_keys(texts, summary.outline)


def _compared(row) -> dict:
    return {
        "figure": row.figure,
        "sum": row.told(row.sum),
        "signed": row.signed,
        "of": len(row.lines),
        "changed": row.told(row.changed) if row.changed else "",
        "own": row.told(row.own),
        "street": row.told(row.street),
        "difference": row.told(row.difference) if row.difference else "",
    }


@require_safe
@needs("figures.view")
@undamaged
def summary_reconcile(request, pk, code):
    """One figure: each community as it signed and as it counts now, and what makes the difference."""
    figure = figures.get(code)
    if figure is None:
        raise Http404
    summary, below = rolled_up(request, pk)
    access_of(request.user).check(figure.permission, summary.unit_id)
    context = {
        "summary": summary,
        "figure": figure,
        "word": below_word([each.branch for each in below]),
        "signing": True,
        "as_of": timezone.localtime(),
    }
    if isinstance(figure, Ratio):
        terms = [figures[each] for each in (figure.numerator, figure.denominator)]
        return render(request, "reports/reconcile.html", context | {"terms": terms})
    page = request.GET.get("page", "1")
    context |= reconciled(figure, summary.telling, below, request.user, page)
    return render(request, "reports/reconcile.html", context)
