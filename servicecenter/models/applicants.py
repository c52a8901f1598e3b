"""Applicants who are not in the register: people from elsewhere, firms and other bodies."""

from django.db import models
from django.db.models import Q

from portal.fields import EncryptedTextField
from residents.id_numbers import IdKind
from residents.models.outside import OutsidePerson
from servicecenter.enums.cases import OutsiderKind
from servicecenter.models.base import OurKept


class Outsider(OutsidePerson, OurKept):
    """``number`` is the ID of a person, the 统一社会信用代码 of a body."""

    kind = models.CharField(
        "类型", max_length=12, choices=OutsiderKind, default=OutsiderKind.PERSON
    )
    name = models.CharField("姓名（名称）", max_length=60)
    id_kind = models.CharField(
        "证件类型", max_length=24, choices=IdKind, blank=True, help_text="个人填写。"
    )
    number = EncryptedTextField(
        "证件号码", purpose="id", blank=True, help_text="企业和组织填统一社会信用代码。"
    )
    contact = models.CharField("联系人", max_length=50, blank=True, help_text="企业和组织填写。")
    address = models.CharField("地址", max_length=120, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = "辖区外申请人"
        ordering = ["pinyin", "pk"]
        indexes = [models.Index(fields=["unit", "pinyin"], name="outsider_unit_pinyin")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number_hash"],
                condition=Q(deleted_at__isnull=True),
                name="servicecenter_outsider_once",
                violation_error_message="这个证件号码的申请人已经登记过。",
            )
        ]

    def __str__(self):
        return self.name
