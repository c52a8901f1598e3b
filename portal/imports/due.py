"""What the home page tells an approver."""

from django.urls import reverse

from portal.imports.batches import awaiting

SHOWN = 5


def approvals_due(user) -> list[dict]:
    """The worklist of imports that wait for this user, in the form of the home page; [] for none."""
    rows = list(awaiting(user).select_related("unit", "uploaded_by")[: SHOWN + 1])
    if not rows:
        return []
    return [
        {
            "title": "待复核的导入",
            "count": awaiting(user).count(),
            "url": reverse("import-list"),
            "items": [
                {
                    "text": f"{row.filename}（{row.unit}，{row.uploaded_by.name}上传）",
                    "url": reverse("import-batch", args=[row.pk]),
                    "due": "",
                }
                for row in rows[:SHOWN]
            ],
        }
    ]
