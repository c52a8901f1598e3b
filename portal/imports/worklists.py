"""What waits of imports: for an approver, and for whoever uploaded and may not have finished."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from portal.models import ImportBatch, ImportStep
from portal.models import ImportState as S
from portal.worklists import Act, Group, Worklist, register

IMPORT = "records.import"


def in_state(*states):
    def rows(units):
        found = ImportBatch.objects.filter(state__in=states, unit__in=units)
        related = found.defer("content", "findings").select_related("unit", "uploaded_by")
        return related.order_by("uploaded_at", "pk")

    return rows


def others(rows, user):
    """Nobody approves what they uploaded themselves."""
    return rows.exclude(uploaded_by=user)


def uploaded_by(rows, user):
    return rows.filter(uploaded_by=user)


def page_of(batch) -> str:
    return reverse("import-batch", args=[batch.pk])


def listed(code, title, permission, states, for_user, text, **more) -> Worklist:
    return Worklist(
        f"portal.{code}", title, permission, in_state(*states), ledger="", text=text,
        due=lambda row: f"{row.uploaded_at:%m-%d} 上传", address=page_of,
        all_of_them=lambda: reverse("import-list"), for_user=for_user, **more,
    )  # fmt: skip


def returned(rows):
    """Of the checked batches those that an approver sent back."""
    last = ImportStep.objects.filter(batch=OuterRef("pk")).order_by("-pk")
    return rows.annotate(last_step=Subquery(last.values("action")[:1])).filter(last_step="return")


register(
    listed(
        "imports_waiting", "待复核的导入", "imports.approve", [S.AWAITING], others,
        lambda row: f"{row.filename}（{row.unit}，{row.uploaded_by.name}上传）",
        group=Group.DECIDE, act=Act("复核", page_of),
    ),
    listed(
        "imports_returned", "被退回的导入", IMPORT, [S.CHECKED],
        lambda rows, user: returned(uploaded_by(rows, user)), str,
        group=Group.BACK, act=Act("核对", page_of),
    ),
    listed(
        "imports_refused", "没有导入成功的表格", IMPORT, [S.REFUSED, S.FAILED], uploaded_by,
        lambda row: f"{row.filename}（{row.get_state_display()}）",
        group=Group.BACK, act=Act("查看原因", page_of),
    ),
    listed(
        "imports_unfinished", "上传了还没有导入的表格", IMPORT, [S.UPLOADED, S.MAPPING, S.CHECKED],
        lambda rows, user: uploaded_by(rows, user).exclude(pk__in=returned(rows).values("pk")),
        lambda row: f"{row.filename}（{row.get_state_display()}）",
        group=Group.DRAFT, act=Act("接着导入", page_of),
    ),
)  # fmt: skip
