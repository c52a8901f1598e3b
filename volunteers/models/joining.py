"""志愿者申请: what somebody who wants to become a volunteer sends in without signing in."""

from datetime import date

from django.db import models
from django.db.models import Q

from portal import masks
from portal.crypto import keyed_hash
from portal.fields import EncryptedTextField
from portal.intake.models import Intake, answered_has_day, intake
from portal.office.models.base import words
from portal.wall.classes import Closes, Own
from residents.ages import age_on
from residents.enums import Sex
from residents.id_numbers import IdKind
from volunteers.enums.volunteers import FreeTime, Intention, Skill
from volunteers.models.base import OurRecord
from volunteers.models.volunteers import ticks


class VolunteerApplication(Intake, OurRecord):
    """``occurred_on`` is the day on which it came: that of the applicant's own act. Names are sealed.

    ``became_key`` is the key of the volunteer that staff made of it. ``guardian_agrees`` is what was
    ticked for somebody under age; staff ask the guardian before they approve.
    """

    closes = Closes(("occurred_on",), fixed=())

    wall = Own(intake=intake())

    occurred_on = models.DateField("收到日期")
    name = EncryptedTextField("姓名", purpose="letter", max_length=50)
    id_kind = models.CharField("证件类型", max_length=24, choices=IdKind)
    id_number = EncryptedTextField("证件号码", purpose="id")
    id_hash = models.CharField(max_length=32, editable=False)
    sex = models.PositiveSmallIntegerField("性别", choices=Sex)
    born_on = models.DateField("出生日期")
    phone = EncryptedTextField("联系电话", purpose="phone")
    area = words("居住区域", 80)
    skills = ticks("服务技能", Skill)
    intentions = ticks("服务意向", Intention)
    free_times = ticks("服务时间", FreeTime)
    profession = words("职业和资格", 60)
    may_publish = models.BooleanField("同意公开姓名", default=False)
    guardian_name = EncryptedTextField("监护人姓名", purpose="letter", max_length=50, blank=True)
    guardian_phone = EncryptedTextField("监护人电话", purpose="phone", blank=True)
    guardian_agrees = models.BooleanField("监护人同意", default=False)

    class Meta(OurRecord.Meta):
        verbose_name = "志愿者申请"
        indexes = [models.Index(fields=["unit", "state"], name="volunteerapplication_state")]
        constraints = [
            answered_has_day("volunteerapplication_answered"),
            models.CheckConstraint(
                condition=~Q(id_kind=IdKind.NONE),
                name="volunteerapplication_has_id",
                violation_error_message="网上申请须有证件号码；没有证件的请到社区办理。",
            ),
        ]

    def __str__(self):
        return f"志愿者申请（{self.occurred_on}）"

    @property
    def masked_number(self) -> str:
        return masks.mask_id(self.id_number)

    @property
    def masked_phone(self) -> str:
        return masks.mask_phone(self.phone)

    def derive(self) -> None:
        self.id_hash = keyed_hash(self.id_number, "id")

    def age_on(self, day: date) -> int | None:
        return age_on(self.born_on, day)
