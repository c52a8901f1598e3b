"""Forms of the acts on duplicates: merge, undo, propose."""

from django import forms

from portal.guided import GuidedForm
from portal.ledgers import ledgers
from portal.ledgers.fields import RecordField
from residents.duplicates.comparing import choices
from residents.duplicates.merging import MERGED, SURVIVOR, Choices
from residents.duplicates.references import conflicts

BLANK = "（空）"


class MergeForm(GuidedForm):
    """One choice for each field that differs, and one for each record that cannot stay beside
    another; the filled value is chosen beforehand."""

    def __init__(self, *args, survivor, merged, **kwargs):
        super().__init__(*args, rows=(survivor, merged), **kwargs)
        self.survivor, self.merged = survivor, merged
        self.lines = list(choices(survivor, merged))
        self.conflicts = conflicts(survivor, merged)
        for line in self.lines:
            kept, other = line.texts
            self.fields[f"value-{line.name}"] = _choice(
                line.label,
                kept or BLANK,
                other or BLANK,
                MERGED if other and not kept else SURVIVOR,
            )
        for conflict in self.conflicts:
            self.fields[f"row-{conflict.name}"] = _choice(
                f"{conflict.reference.label}只能留一条",
                f"保留“{survivor}”原有的",
                f"改用“{merged}”的：{conflict.row}",
                SURVIVOR,
                f"{conflict.message}没有选用的一条放入回收站，撤销合并时恢复。",
            )
        self.lay_out()

    def choices(self) -> Choices:
        data = self.cleaned_data
        return Choices(
            {line.name: data[f"value-{line.name}"] for line in self.lines},
            {conflict.name: data[f"row-{conflict.name}"] for conflict in self.conflicts},
        )

    def sentences(self):
        told = [
            f"“{self.merged}”（{self.merged.unit}）并入“{self.survivor}”（{self.survivor.unit}），"
            "名下的全部记录都转到保留的居民名下。",
            "以后用并入者的姓名、证件号码查找或导入，都会找到保留的居民。",
        ]
        chosen = self.choices()
        for line in self.lines:
            text = line.texts[chosen.values[line.name] == MERGED]
            told.append(f"{line.label}用：{text or BLANK}")
        if self.conflicts:
            told.append(f"{len(self.conflicts)} 处冲突的记录按所选保留一条，另一条放入回收站。")
        return [*told, "两条记录的原样都会保存，合并可以撤销。"]


def _choice(label, kept, other, initial, help_text="") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(SURVIVOR, kept), (MERGED, other)],
        initial=initial,
        widget=forms.RadioSelect,
        help_text=help_text,
    )


class UndoForm(GuidedForm):
    """Asks only where rows changed since: whether the rest is to be undone without them."""

    leaving = forms.BooleanField(label="上列记录保留现在的内容和归属，其余照旧撤销", required=False)

    def __init__(self, *args, merge, changed, **kwargs):
        super().__init__(*args, rows=(merge,), **kwargs)
        self.merge = merge
        if not changed:
            del self.fields["leaving"]
        self.lay_out()

    def sentences(self):
        return [
            f"“{self.merge.merged}”恢复为单独的居民，合并前的内容和记录都还给他（她）。",
            f"“{self.merge.survivor}”恢复为合并前的内容；合并以后新登记的记录仍归其名下。",
            "这两条记录重新列为待核对，可再判断为“不同人”。",
        ]


class ProposeForm(GuidedForm):
    """Two residents that somebody holds for one person."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in (("first", "第一条居民记录"), ("second", "第二条居民记录")):
            self.fields[name] = RecordField(ledger=ledgers["residents"], user=user, label=label)
        self.lay_out(("first", "second"))
