"""Forms of what is done with an inspection: its groups, what does not apply, the reply, the answer."""

from django import forms

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField
from sanitation.enums.inspections import InspectionKind, SampleMethod
from sanitation.services.inspections import frame_of

YES_NO = {"true": True, "false": False}


def yes_or_no(label: str, yes: str, no: str, **options) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("true", yes), ("false", no)],
        coerce=YES_NO.get,
        widget=forms.RadioSelect,
        error_messages={"required": f"请选择{label}。"},
        **options,
    )


class SampleForm(GuidedForm):
    """Groups that somebody chose, and how many more are drawn at random."""

    def __init__(self, *args, inspection, **kwargs):
        super().__init__(*args, rows=[inspection], **kwargs)
        frame = frame_of(inspection)
        unannounced = inspection.kind == InspectionKind.UNANNOUNCED
        self.fields["groups"] = forms.ModelMultipleChoiceField(
            queryset=type(inspection.community).objects.filter(pk__in=[g.pk for g in frame]),
            required=False,
            label="指定的网格（小组）",
            widget=forms.CheckboxSelectMultiple,
        )
        if not unannounced:
            self.fields["method"] = forms.ChoiceField(
                label="怎么定的",
                choices=[
                    (SampleMethod.RECOMMENDED, SampleMethod.RECOMMENDED.label),
                    (SampleMethod.NAMED, SampleMethod.NAMED.label),
                ],
            )
        self.fields["wanted"] = forms.IntegerField(
            label="另外随机抽取几个",
            required=False,
            min_value=0,
            max_value=len(frame),
            help_text=f"从其余的网格（小组）中抽取，现有 {len(frame)} 个；种子、范围和结果都留底，可以重抽核对。",
            error_messages={
                "invalid": "请只填数字。",
                "min_value": "不能是负数。",
                "max_value": f"最多还能抽取 {len(frame)} 个。",
            },
        )

    def clean(self):
        data = super().clean()
        groups, wanted = data.get("groups") or (), data.get("wanted") or 0
        if not self.errors and not groups and not wanted:
            raise forms.ValidationError("请勾选网格（小组），或填要随机抽取几个。")
        left = self.fields["groups"].queryset.count() - len(groups)
        if wanted > left:
            self.add_error("wanted", f"勾选以后只剩 {left} 个可以抽取。")
        return data


class ItemsForm(GuidedForm):
    """For each item that may be left out a tick, for each by rate its percentage."""

    def __init__(self, *args, inspection, lines, **kwargs):
        super().__init__(*args, rows=[inspection], **kwargs)
        self.lines = [line for line in lines if line.item.may_be_na or line.item.by_rate]
        rows = []
        for line in self.lines:
            item, said = line.item, line.said
            names = []
            if item.may_be_na:
                names.append(f"na_{item.pk}")
                self.fields[names[-1]] = forms.BooleanField(
                    label=f"{item.ordinal}. {item.title}：不适用",
                    required=False,
                    initial=bool(said and said.is_na),
                )
            if item.by_rate:
                names.append(f"rate_{item.pk}")
                self.fields[names[-1]] = forms.DecimalField(
                    label=f"{item.ordinal}. {item.title}：比率（%）",
                    required=False,
                    min_value=0,
                    max_value=100,
                    decimal_places=2,
                    initial=said and said.rate,
                    error_messages={
                        "invalid": "请只填数字，不带百分号。",
                        "min_value": "比率不能是负数。",
                        "max_value": "比率不能超过 100%。",
                    },
                )
            names.append(f"note_{item.pk}")
            self.fields[names[-1]] = CleanCharField(
                label="说明", max_length=100, required=False, initial=said.note if said else ""
            )
            rows.append(tuple(names))
        self.lay_out(*rows)

    @property
    def told(self) -> dict:
        """{item: (not applicable, rate, note)}, as the service takes it."""
        data = self.cleaned_data
        return {
            line.item: (
                data.get(f"na_{line.item.pk}", False),
                data.get(f"rate_{line.item.pk}"),
                data.get(f"note_{line.item.pk}", ""),
            )
            for line in self.lines
        }


class ReplyForm(GuidedForm):
    """Signed on the spot or later: the community agrees, or says what it contests."""

    agrees = yes_or_no("对检查结果", "签认，没有异议", "有异议")
    signer = CleanCharField(
        label="签认人", max_length=50, error_messages={"required": "请填写签认人。"}
    )
    objection = CleanCharField(
        label="异议内容",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明哪个项目、哪个问题、为什么不认可；可在提出后上传照片。",
    )

    def __init__(self, *args, inspection, **kwargs):
        super().__init__(*args, **kwargs)
        self.inspection = inspection

    def clean(self):
        data = super().clean()
        if data.get("agrees") is False and not data.get("objection"):
            self.add_error("objection", "有异议的，请写明异议内容。")
        return data


class AnswerForm(GuidedForm):
    """The answer to an objection; upheld, it corrects the findings that it is about."""

    upheld = yes_or_no("异议", "成立，更正如下", "不成立")
    answer = CleanCharField(
        label="答复",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请填写答复。"},
    )

    def __init__(self, *args, inspection, findings, asks_score, **kwargs):
        super().__init__(*args, rows=[inspection], **kwargs)
        self.findings = findings
        for finding in findings:
            told = finding.fault or finding.get_problem_display()
            place = f"（{finding.place}）" if finding.place else ""
            self.fields[f"times_{finding.pk}"] = forms.IntegerField(
                label=f"{told}{place}：处数",
                required=False,
                min_value=0,
                max_value=999,
                initial=finding.occurrences,
                help_text=f"现为 {finding.occurrences} 处，扣 {finding.points} 分；填 0 即撤销。",
                error_messages={"invalid": "请只填数字。", "min_value": "不能是负数。"},
            )
        if asks_score:
            self.fields["score"] = forms.DecimalField(
                label="更正后的得分",
                required=False,
                min_value=0,
                max_value=inspection.full,
                decimal_places=1,
                initial=inspection.score,
                error_messages={"invalid": "请只填数字。", "max_value": "得分不能高于满分。"},
            )

    @property
    def occurrences(self) -> dict[int, int]:
        said = {each.pk: self.cleaned_data.get(f"times_{each.pk}") for each in self.findings}
        return {key: times for key, times in said.items() if times is not None}
