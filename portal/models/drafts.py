"""草稿: what a user typed into a form and has not saved yet."""

from django.db import models

from portal.models.units import Unit
from portal.wall.classes import Own


class EntryDraft(models.Model):
    """One half-filled form of one user; only that user is shown it, for thirty days (ADR 40).

    ``page`` says which form of the ledger, ``subject_id`` the record that it changes (0: a new one),
    ``unit`` whose record it is or, for a new one, where the user works: with the unit goes the draft.
    ``content`` is sealed for this user and place; ``key`` is the key of the form, so that a form that was
    sent after all is known. Not in the change log: a draft is no record, and changes every few seconds.
    """

    class Page(models.TextChoices):
        ADD = "add", "登记"
        EDIT = "edit", "修改"
        MANY = "many", "登记多条"
        BATCH = "batch", "批量登记"

    wall = Own(logged=False)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    user = models.ForeignKey("portal.User", models.CASCADE, related_name="+", verbose_name="填写人")
    ledger = models.CharField("台账", max_length=40)
    page = models.CharField("表单", max_length=8, choices=Page)
    subject_id = models.BigIntegerField("修改的记录", default=0)
    key = models.UUIDField("提交凭据")
    content = models.BinaryField(editable=False)
    saved_at = models.DateTimeField("保存时间", db_index=True)

    class Meta:
        verbose_name = "草稿"
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "ledger", "page", "subject_id"], name="entry_draft_once"
            ),
        ]

    def __str__(self):
        return f"{self.ledger} {self.get_page_display()}"
