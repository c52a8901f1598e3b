"""What residents send in without signing in, and the months that the office publishes for them."""

from django.db import models
from django.db.models import Q

from portal import masks
from portal.crypto import keyed_hash
from portal.fields import EncryptedTextField
from portal.intake.models import Intake, answered_has_day, intake
from portal.months import MonthField, chinese_month
from portal.wall.classes import Closes, Own
from residents.id_numbers import IdKind
from servicecenter.enums.public import LetterKind
from servicecenter.models.base import OurKept, OurRecord

MOST_BYTES = 8 * 1024 * 1024  # of all files of a letter together
SMALL = f"coalesce(octet_length(files), 0) <= {MOST_BYTES}"


class Letter(Intake, OurRecord):
    """网上来件. ``occurred_on`` is the day on which it came. Whatever was typed is sealed.

    ``item_key`` is the key of an item's version, ``became_key`` of the case or the echo that staff made
    of it. ``files`` are sealed whole and go to the case when staff take the letter up.
    """

    closes = Closes(("occurred_on",), fixed=())

    wall = Own(intake=intake(SMALL))

    occurred_on = models.DateField("收到日期")
    kind = models.CharField("类别", max_length=12, choices=LetterKind)
    item_key = models.BigIntegerField(null=True, editable=False)
    item_name = models.CharField("事项", max_length=60, blank=True)
    name = EncryptedTextField("姓名", purpose="letter", blank=True, max_length=50)
    id_kind = models.CharField("证件类型", max_length=24, choices=IdKind, blank=True)
    id_number = EncryptedTextField("证件号码", purpose="id", blank=True)
    id_hash = models.CharField(max_length=32, null=True, editable=False)
    phone = EncryptedTextField("联系电话", purpose="phone", blank=True)
    content = EncryptedTextField("内容", purpose="letter", max_length=1000)
    may_publish = models.BooleanField("同意公开", default=False)
    files = models.BinaryField(null=True, editable=False)
    files_count = models.PositiveSmallIntegerField("附件（个）", default=0, editable=False)

    class Meta(OurRecord.Meta):
        verbose_name = "网上来件"
        indexes = [models.Index(fields=["unit", "kind", "state"], name="letter_unit_kind_state")]
        constraints = [
            answered_has_day("letter_answered_has_day"),
            models.CheckConstraint(
                condition=Q(kind=LetterKind.QUESTION) | Q(item_key__isnull=False),
                name="letter_application_has_item",
                violation_error_message="网上申请有事项。",
            ),
        ]

    def __str__(self):
        return f"{self.item_name or self.get_kind_display()}（{self.occurred_on}）"

    @property
    def masked_number(self) -> str:
        return masks.mask_id(self.id_number)

    @property
    def masked_phone(self) -> str:
        return masks.mask_phone(self.phone)

    def derive(self) -> None:
        self.id_hash = keyed_hash(self.id_number, "id") if self.id_number else None


class PublishedMonth(OurKept):
    """公开月报: the figures of a month as the office published them, printed whole.

    ``rows`` are [label, text]: a rate stands with its numerator and denominator. Published again, a
    month is replaced; the change log keeps what stood there.
    """

    month = MonthField("月份")
    published_on = models.DateField("公开日期", editable=False)
    rows = models.JSONField("数据", editable=False)

    class Meta:
        verbose_name = "公开月报"
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month"],
                condition=Q(deleted_at__isnull=True),
                name="publishedmonth_once",
                violation_error_message="这个月的数据已经公开。",
            )
        ]

    def __str__(self):
        return f"{chinese_month(self.month)}数据"
