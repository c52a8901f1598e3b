"""志愿活动类型: the table of types, the same for the whole street office."""

from django.db.models import Exists, OuterRef

from portal.kinds import KindTable
from portal.roles import DOMAINS
from volunteers.forms.types import TypeForm
from volunteers.models import VolunteerActivity, VolunteerActivityType


def told_domains(kind) -> str:
    return "、".join(DOMAINS[code] for code in kind.domains if code in DOMAINS)


class ActivityTypes(KindTable):
    model, form_class = VolunteerActivityType, TypeForm
    title, noun, icon = "志愿活动类型", "类型", "heart-handshake"
    permission, urls = "volunteer_kinds.manage", "volunteer-type"
    lead = "登记志愿活动时可选的类型，全街道共用；举办以后按这里的规定计入“活动”和其他工作。"
    empty = "新增后，登记志愿活动时就能选到。"
    explanation = "只有从未用过的类型可以删除；用过的请在“修改”中停用。"
    refusal = "已有这个类型的志愿活动，不能删除，请改为停用。"
    columns = (
        ("活动类型", lambda kind: kind.get_kind_display()),
        ("同时计入", told_domains),
        ("风险", lambda kind: "有风险，须先有保险" if kind.is_risky else "无"),
    )

    def with_use(self, kinds):
        return kinds.annotate(is_used=Exists(VolunteerActivity.objects.filter(type=OuterRef("pk"))))


_pages = ActivityTypes().views()
type_list, type_add = _pages.list, _pages.add
type_edit, type_delete = _pages.edit, _pages.delete
