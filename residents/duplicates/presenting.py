"""Rows of the lists of pairs and merges, as the shared table shows them."""

from django.urls import reverse

from portal.ledgers.columns import display

HIGH, MIDDLE = 80, 60


def likeness(score: int) -> dict:
    """How alike, as a word and a tone; a pair that somebody proposed has no score."""
    if score >= HIGH:
        return {"value": f"高 {score}", "badge": "bad"}
    if score >= MIDDLE:
        return {"value": f"中 {score}", "badge": "warn"}
    return {"value": f"低 {score}" if score else "—", "badge": "neutral"}


def pair_row(pair) -> dict:
    told = [f"{each}（{each.masked_id or '无证件'}）" for each in (pair.first, pair.second)]
    state = pair.get_decision_display()
    if pair.again_on:
        state += f"，{display(pair.again_on)} 再问"
    return {
        "url": reverse("duplicate-review", args=[pair.pk]),
        "cells": [
            {"label": "居民", "value": " 与 ".join(told)},
            {"label": "相似程度", **likeness(pair.score)},
            {"label": "相似之处", "value": "、".join(pair.reason_labels)},
            {"label": "单位", "value": str(pair.unit)},
            {"label": "判断", "value": state},
        ],
    }


def merge_row(merge) -> dict:
    undone = merge.undone_at is not None
    return {
        "url": reverse("merge-detail", args=[merge.pk]),
        "cells": [
            {"label": "合并", "value": str(merge)},
            {"label": "状态", "value": "已撤销", "badge": "neutral"}
            if undone
            else {"label": "状态", "value": "有效", "badge": "good"},
            {"label": "转移的记录", "value": f"{len(merge.moved)} 条"},
            {"label": "单位", "value": str(merge.unit)},
            {"label": "合并人", "value": display(merge.recorded_by)},
            {"label": "合并时间", "value": display(merge.recorded_at)},
        ],
    }
