"""补贴种类: the kinds with their rules, the same for the whole street office."""

from django.db.models import Exists, OuterRef

from disability.forms.subsidy_pages import SubsidyKindForm
from disability.models import Subsidy, SubsidyKind
from disability.selectors.subsidies import told_levels, told_tags
from portal.kinds import KindTable


def told_rule(kind) -> str:
    """The rule in words, a phrase for each thing that it asks."""
    phrases = ["须持有效残疾人证"] if kind.needs_certificate else []
    if kind.levels or kind.also:
        phrases.append(f"残疾等级：{told_levels(kind)}")
    if kind.needs_tags:
        phrases.append(f"须是{told_tags(kind.needs_tags)}对象")
    if kind.excluded_tags:
        phrases.append(f"不得是{told_tags(kind.excluded_tags)}对象")
    return "；".join(phrases) or "不限"


class SubsidyKinds(KindTable):
    model, form_class = SubsidyKind, SubsidyKindForm
    title, noun, icon = "补贴种类", "种类", "coins"
    permission, urls = "care_kinds.manage", "subsidy-kind"
    lead = "登记享受补贴时可选的种类和条件，全街道共用；核查应享未享和疑似多享都按这里的条件。"
    empty = "新增后，登记享受补贴时就能选到。"
    explanation = "只有从未有人享受过的种类可以删除；其他的请在“修改”中停用。"
    refusal = "已有人享受这种补贴或已有标准，不能删除，请改为停用。"
    columns = (
        ("条件", told_rule),
        ("应享未享", lambda kind: "列入核查" if kind.is_due else "不核查"),
    )

    def with_use(self, kinds):
        return kinds.annotate(is_used=Exists(Subsidy.objects.filter(kind=OuterRef("pk"))))

    def initial(self):
        return super().initial() | {"needs_certificate": True}


_pages = SubsidyKinds().views()
kind_list, kind_add = _pages.list, _pages.add
kind_edit, kind_delete = _pages.edit, _pages.delete
