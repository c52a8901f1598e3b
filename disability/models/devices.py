"""Assistive devices: the catalogue, what is in store, who needs one, has one, and can use it."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from disability.enums.devices import (
    DEVICE_BARS,
    DEVICE_NEEDS,
    LEAVING,
    WAITING,
    DeviceCondition,
    DeviceState,
    DeviceUse,
    StockMove,
)
from disability.models.conditions import provider_field
from disability.models.stages import Staged, refuse_beyond_life, refuse_wrong_stage
from portal.constraints import in_order
from portal.records import Kept, Record
from portal.wall.classes import Closes, Exempt
from residents.models import Resident


class DeviceClass(models.Model):
    """A main class of the national classification; ``edition`` says of which edition of the standard,
    because the headings change with it."""

    wall = Exempt("a code table, the same for every unit", audited=True)
    reference_data = True

    code = models.CharField("大类代码", max_length=8)
    name = models.CharField("大类名称", max_length=40)
    edition = models.CharField("版本", max_length=40)

    class Meta:
        verbose_name = "辅具大类"
        ordering = ["edition", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="device_class_code_once",
                violation_error_message="这个版本已有这个代码。",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"


class DeviceKind(models.Model):
    """One entry of the catalogue; offices add their own and retire what is given out no more."""

    wall = Exempt("a code table, the same for every unit", audited=True)
    reference_data = True

    name = models.CharField("辅具名称", max_length=30, unique=True)
    family = models.ForeignKey(
        DeviceClass, models.PROTECT, related_name="kinds", verbose_name="大类"
    )
    use = models.CharField("用途", max_length=12, choices=DeviceUse, default=DeviceUse.OTHER)
    measure = models.CharField("计量单位", max_length=4, default="件")
    is_returnable = models.BooleanField("可借用归还", default=False)
    needs_training = models.BooleanField("需使用指导", default=False)
    low_mark = models.PositiveSmallIntegerField(
        "最低库存", default=0, help_text="库存不多于这个数时提醒；0 为不提醒。"
    )
    is_retired = models.BooleanField(
        "停用", default=False, help_text="停用后不能再选，已有的记录不变。"
    )

    class Meta:
        verbose_name = "辅具目录"
        ordering = ["family__code", "name"]

    def __str__(self):
        return self.name


def kind_field(related_name: str):
    return models.ForeignKey(
        DeviceKind, models.PROTECT, related_name=related_name, verbose_name="辅具"
    )


class DeviceEntry(Record):
    """Devices that came into the unit's store, or left it otherwise than to a person."""

    domain = "disability"

    kind = kind_field("entries")
    move = models.CharField("类型", max_length=12, choices=StockMove, default=StockMove.PURCHASE)
    quantity = models.PositiveIntegerField("数量", validators=[MinValueValidator(1)])
    source = models.CharField("来源（去向）", max_length=60, blank=True)
    keeper = models.CharField("经办人", max_length=50, blank=True)
    note = models.CharField("备注", max_length=100, blank=True)

    class Meta:
        verbose_name = "辅具出入库"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="device_entry_unit_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="device_entry_of_some",
                violation_error_message="数量至少是 1。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.kind} {self.get_move_display()} {self.quantity}"

    @property
    def leaves(self) -> bool:
        return self.move in LEAVING

    def clean(self):
        super().clean()
        if not (self.leaves and self._state.adding and self.quantity and self.kind_id):
            return  # of a changed one the trigger speaks: the store already holds the old quantity
        here = DeviceStock.objects.filter(unit=self.unit_id, kind=self.kind_id).first()
        held = here.quantity if here else 0
        if self.quantity > held:
            raise ValidationError(
                {"quantity": f"库存只有 {held}{self.kind.measure}，不能出库这么多。"}
            )


class DeviceStock(Kept):
    """How many of a kind the unit has in store: received, less issued, plus returned.

    Triggers on entries and cases keep it in step, whoever writes them, and a deferred one refuses
    what would leave fewer than none (migration of the devices). No page writes it.
    """

    domain = "disability"

    kind = kind_field("stocks")
    quantity = models.IntegerField("库存", default=0)

    class Meta:
        verbose_name = "辅具库存"
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind"], name="device_stock_once"),
        ]

    def __str__(self):
        return f"{self.kind} {self.quantity}{self.kind.measure}"


class DeviceCase(Record):
    """A person and a device: needed, assessed, fitted or lent, returned. ``occurred_on`` is the day the
    need was noted; what the person keeps is 适配, what comes back is 借用."""

    closes = Closes(("occurred_on", "issued_on", "returned_on"), fixed=())

    domain = "disability"

    occurred_on = models.DateField("需求登记日期")
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="device_cases", verbose_name="居民"
    )
    kind = kind_field("cases")
    reason = models.CharField("需求说明", max_length=100, blank=True)
    state = models.CharField("进展", max_length=12, choices=DeviceState, default=DeviceState.NEEDED)
    assessed_on = models.DateField("评估日期", null=True, blank=True)
    assessed_by = models.CharField("评估人", max_length=50, blank=True)
    assessment = models.CharField("评估意见", max_length=200, blank=True)
    provider = provider_field("device_cases")
    from_stock = models.BooleanField(
        "从本单位库存发放", default=False, help_text="残联直接发放、本人自购的不勾选。"
    )
    serial = models.CharField("辅具编号", max_length=30, blank=True)
    issued_on = models.DateField("发放（借出）日期", null=True, blank=True)
    due_back_on = models.DateField("应还日期", null=True, blank=True)
    returned_on = models.DateField("归还日期", null=True, blank=True)
    condition = models.CharField("归还时状况", max_length=12, choices=DeviceCondition, blank=True)
    closed_on = models.DateField("结束日期", null=True, blank=True)
    note = models.CharField("备注", max_length=100, blank=True)

    class Meta:
        verbose_name = "辅具服务"
        ordering = ["-occurred_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "occurred_on"], name="device_case_unit_day"),
            models.Index(fields=["unit", "issued_on"], name="device_case_unit_issued"),
        ]
        constraints = [
            *in_order("occurred_on", "assessed_on", "issued_on", "closed_on"),
            *in_order("assessed_on", "issued_on"),
            *in_order("issued_on", "due_back_on", "returned_on"),
            models.UniqueConstraint(
                fields=["resident", "kind"],
                condition=Q(deleted_at__isnull=True, state__in=sorted(WAITING)),
                name="device_case_needed_once",
                violation_error_message="这位居民已登记这种辅具的需求，还没有发放。",
            ),
            Staged(
                stages=DeviceState,
                needs=DEVICE_NEEDS,
                bars=DEVICE_BARS,
                texts=("condition", "note"),
                name="device_case_stage_has_its_days",
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.kind}"

    def clean(self):
        super().clean()
        refuse_beyond_life(
            self, ("assessed_on", "issued_on", "returned_on", "closed_on"), ("due_back_on",)
        )
        refuse_wrong_stage(self, DEVICE_NEEDS, DEVICE_BARS)
        lent = self.state in {DeviceState.ON_LOAN, DeviceState.RETURNED}
        if lent and self.kind_id and not self.kind.is_returnable:
            raise ValidationError({"kind": f"“{self.kind}”不能借用，请改为适配发放。"})
        if self.is_out_of_store and not self._was_out_of_store() and not self._in_store():
            raise ValidationError(
                {"from_stock": f"本单位的“{self.kind}”没有库存，请先登记入库，或不从库存发放。"}
            )

    @property
    def is_out_of_store(self) -> bool:
        """As disability_case_adds() in the database counts it."""
        back = self.returned_on and self.condition != DeviceCondition.BROKEN
        return bool(self.kind_id and self.from_stock and self.issued_on and not back)

    def _was_out_of_store(self) -> bool:
        stored = type(self).objects.filter(pk=self.pk, kind=self.kind_id).first()
        return stored is not None and stored.is_out_of_store

    def _in_store(self) -> bool:
        here = DeviceStock.objects.filter(unit=self.unit_id, kind=self.kind_id)
        return here.filter(quantity__gt=0).exists()


class DeviceTraining(Record):
    """Somebody was shown how to use a device: a white cane, a prosthesis, a hearing aid."""

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="device_trainings", verbose_name="居民"
    )
    kind = kind_field("trainings")
    content = models.CharField("指导内容", max_length=100, blank=True)
    trainer = models.CharField("指导人", max_length=50)
    provider = provider_field("device_trainings")
    minutes = models.PositiveSmallIntegerField("时长（分钟）", null=True, blank=True)
    mastered = models.BooleanField("已掌握", default=False)

    class Meta:
        verbose_name = "辅具使用指导"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="device_training_unit_day")]

    def __str__(self):
        return f"{self.occurred_on} {self.resident} {self.kind}使用指导"
