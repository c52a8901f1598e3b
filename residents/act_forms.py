"""Forms of the acts on households; what each will do, the act itself says in sentences."""

from django import forms
from django.utils import timezone

from portal.errors import StaleRecord
from portal.guided import GuidedForm
from portal.ledgers import ledgers
from portal.ledgers.fields import CleanCharField, DayField, RecordField
from residents.acts.members import head_of, open_rows
from residents.acts.services import Choices, NewHome
from residents.enums import Bond, Relation

DERIVED = "按原来的关系推定"


def told(row) -> str:
    return f"{row.resident}（{row.get_relation_display()}，{row.bond.label}）"


class MemberChoice(forms.ModelChoiceField):
    def label_from_instance(self, row):
        return told(row)


class MembersChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, row):
        return told(row)


class ActForm(GuidedForm):
    """An act on ``home``; it knows the members as they were when it was opened."""

    on = DayField(label="生效日期", help_text="新情况的第一天，不能晚于今天。")
    note = CleanCharField(
        label="依据", max_length=200, required=False, help_text="如户口簿、协议、证明的名称和日期。"
    )

    def __init__(self, *args, home, user, **kwargs):
        self.home, self.user = home, user
        self.rows = list(open_rows(home))
        kwargs["initial"] = {"on": timezone.localdate()} | kwargs.get("initial", {})
        super().__init__(*args, rows=self.rows, **kwargs)
        self.act = None
        self.build()
        for field in self.fields.values():
            chosen = isinstance(field, forms.ChoiceField | RecordField)
            field.error_messages["required"] = f"请{'选择' if chosen else '填写'}{field.label}。"

    def build(self) -> None:
        """Add the fields of the act."""

    def sentences(self):
        return self.act.told

    def check_fresh(self) -> None:
        """Raise StaleRecord where the members are no longer those that the form showed."""
        known = self.cleaned_data.get("versions", {})
        if known != {row.pk: row.version for row in self.rows}:
            raise StaleRecord(f"household {self.home.pk} changed")

    # --- fields that several acts have -------------------------------------------------------------
    def add_members(self, label, *, several=True, **options) -> None:
        field = MembersChoice if several else MemberChoice
        options.setdefault("queryset", open_rows(self.home))
        self.fields["members" if several else "member"] = field(label=label, **options)

    def add_head(self, name, label, **options) -> None:
        self.fields[name] = MemberChoice(
            label=label, queryset=open_rows(self.home), empty_label="—", **options
        )

    def add_relations(self, to: str, rows=None, blank=DERIVED) -> None:
        choices = [("", blank), *(c for c in Relation.choices if c[0] != Relation.HEAD)]
        for row in self.rows if rows is None else rows:
            self.fields[f"relation{row.pk}"] = forms.ChoiceField(
                label=f"{row.resident}与{to}的关系",
                choices=choices,
                required=False,
                help_text=f"原来是{row.get_relation_display()}。",
            )

    def add_picker(self, name, slug, label, **options) -> None:
        self.fields[name] = RecordField(
            ledger=ledgers[slug], user=self.user, label=label, required=False, **options
        )

    def relations_last(self, *rows) -> None:
        names = [name for name in self.fields if name.startswith("relation") and name[8:]]
        pairs = [tuple(names[place : place + 2]) for place in range(0, len(names), 2)]
        self.lay_out(*rows, *pairs, ("on", "note"))

    @property
    def choices(self) -> Choices:
        data = self.cleaned_data
        chosen = {row.pk: data.get(f"relation{row.pk}") for row in self.rows}
        return Choices(
            data.get("head"), data.get("stay_head"), {pk: r for pk, r in chosen.items() if r}
        )

    @property
    def new_home(self) -> NewHome:
        data = self.cleaned_data
        return NewHome(data.get("number", ""), data.get("dwelling"), data.get("address", ""))


class NewHomeFields:
    """Where a household goes that is founded."""

    def add_new_home(self) -> None:
        self.add_picker("dwelling", "dwellings", "新户的房屋")
        self.fields["address"] = CleanCharField(
            label="新户的地址", max_length=120, required=False, help_text="没有登记房屋的填写地址。"
        )
        self.fields["number"] = CleanCharField(
            label="新户的户编号", max_length=30, required=False, help_text="不填则自动编号。"
        )


class SplitForm(NewHomeFields, ActForm):
    def build(self):
        self.add_members("分出去的成员")
        self.add_head("head", "新户的户主", required=False, help_text="只有一人分出的不用选。")
        self.add_head("stay_head", "留下的户主", required=False, help_text="原户主留下的不用选。")
        self.add_new_home()
        self.fields["dwelling"].help_text = "分户不分居的不用选，仍在原址。"
        self.add_relations("户主")
        self.relations_last(("members",), ("head", "stay_head"), ("dwelling", "address", "number"))


class MergeForm(ActForm):
    def build(self):
        self.add_picker("into", "households", "并入的户")
        self.fields["into"].required = True
        self.add_relations("那一户户主", blank="请选择，或由户主的关系推定")
        self.relations_last(("into",))


class MoveForm(NewHomeFields, ActForm):
    with_registration = forms.BooleanField(
        label="户籍一并迁移", required=False, help_text="不勾选的，户籍留在这一户（人户分离）。"
    )

    def build(self):
        self.add_members("迁居的成员", initial=[row.pk for row in self.rows])
        self.add_new_home()
        self.add_picker("into", "households", "迁入已有的户", help_text="迁到亲友等已登记的户里。")
        self.add_head(
            "head", "新户的户主", required=False, help_text="原户主一起迁的，或只有一人，不用选。"
        )
        self.add_head("stay_head", "留下的户主", required=False, help_text="原户主留下的不用选。")
        self.add_relations("户主")
        self.relations_last(
            ("members",),
            ("dwelling", "address", "number"),
            ("into",),
            ("head", "stay_head"),
            ("with_registration",),
        )

    def clean(self):
        data = super().clean()
        new = bool(data.get("dwelling") or data.get("address"))
        if new == bool(data.get("into")) and not self.errors:
            text = "请选择房屋、填写地址，或选择迁入已有的户。"
            self.add_error("dwelling", "只能选一处：新的住处，或已有的户。" if new else text)
        return data


class HeadForm(ActForm):
    def build(self):
        others = open_rows(self.home).exclude(relation=Relation.HEAD)
        self.fields["head"] = MemberChoice(label="新户主", queryset=others, empty_label="—")
        self.add_relations("新户主")
        self.relations_last(("head",))


class DeathForm(ActForm):
    def build(self):
        self.fields["on"].label = "去世日期"
        self.fields["on"].help_text = "不能晚于今天；去世当天起不再是成员。"
        self.add_members("去世的成员", several=False, empty_label="—")
        self.add_head(
            "stay_head", "新户主", required=False, help_text="户主去世、还有两人以上的要选择。"
        )
        self.add_relations("新户主")
        self.relations_last(("member", "stay_head"))


class LeaveForm(ActForm):
    to_place = CleanCharField(label="迁往何处", max_length=120, required=False)

    def build(self):
        self.add_members("迁出的成员")
        self.add_head("stay_head", "留下的户主", required=False, help_text="原户主留下的不用选。")
        self.add_relations("新户主")
        self.relations_last(("members",), ("to_place", "stay_head"))


class BondChoice(forms.TypedChoiceField):
    def __init__(self, choices, **kwargs):
        super().__init__(choices=choices, coerce=Bond, **kwargs)


class JoinForm(ActForm):
    def build(self):
        self.add_picker("resident", "residents", "迁入的居民", help_text="没有登记的先登记居民。")
        self.fields["resident"].required = True
        self.fields["relation"] = forms.ChoiceField(
            label="与户主关系",
            choices=Relation.choices,
            initial=Relation.HEAD if head_of(self.rows) is None else Relation.SPOUSE,
        )
        self.fields["bond"] = BondChoice(Bond.choices, label="人户关系", initial=Bond.BOTH)
        self.relations_last(("resident",), ("relation", "bond"))


class ApartForm(ActForm):
    def build(self):
        both = open_rows(self.home).filter(registered=True, living=True)
        self.add_members("人户分离的成员", several=False, queryset=both, empty_label="—")
        self.fields["stays"] = BondChoice(
            [
                (Bond.REGISTERED, "户籍在这一户，居住到别处"),
                (Bond.LIVING, "居住在这一户，户籍在别处"),
            ],
            label="情况",
            widget=forms.RadioSelect,
            initial=Bond.REGISTERED,
        )
        self.add_picker(
            "into", "households", "另一户", help_text="本单位登记的户；在别的地方的不选，填地址。"
        )
        self.fields["relation"] = forms.ChoiceField(
            label="与那一户户主的关系", choices=[("", "—"), *Relation.choices], required=False
        )
        self.fields["address"] = CleanCharField(label="另一处地址", max_length=120, required=False)
        self.relations_last(("member",), ("stays",), ("into", "relation"), ("address",))

    def clean(self):
        data = super().clean()
        if not data.get("into") and not data.get("address"):
            self.add_error("address", "请选择另一户，或填写另一处地址。")
        return data


class ReuniteForm(ActForm):
    def build(self):
        apart = open_rows(self.home).exclude(registered=True, living=True)
        self.add_members(
            "户籍和居住都回到这一户的成员", several=False, queryset=apart, empty_label="—"
        )
        self.relations_last(("member",))


class UndoForm(GuidedForm):
    sure = forms.BooleanField(label="已核对，确实要撤销")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sure"].error_messages["required"] = "请勾选确认。"
