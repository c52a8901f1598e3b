"""关爱类别: the table of care kinds, the same for the whole street office."""

from django.db.models import Exists, OuterRef

from portal.kinds import KindTable
from residents.care_forms import CareKindForm
from residents.models import CareKind, CareTag


class CareKinds(KindTable):
    model, form_class = CareKind, CareKindForm
    title, icon, permission, urls = "关爱类别", "heart", "care_kinds.manage", "care-kind"
    lead = "登记关爱对象时可选的类别，全街道共用。认定过的类别不能删除，只能停用。"
    empty = "新增后，登记关爱对象时就能选到。"
    unused = "未认定过"
    explanation = "只有从未认定过的类别可以删除；认定过的请在“修改”中停用。"
    refusal = "已有人认定为这一类，不能删除，请改为停用。"

    def with_use(self, kinds):
        return kinds.annotate(is_used=Exists(CareTag.objects.filter(kind=OuterRef("pk"))))


_pages = CareKinds().views()
kind_list, kind_add = _pages.list, _pages.add
kind_edit, kind_delete = _pages.edit, _pages.delete
