"""The tick list of a training: which workers took part."""

from django import forms
from django.core.exceptions import ValidationError

from disability.services.attendances import in_office
from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField
from portal.scope import access_of


class AttendancesForm(GuidedForm):
    """Those in office on the day of the training whom the user may record; noted ones are ticked."""

    workers = forms.MultipleChoiceField(
        label="参训人员", widget=forms.CheckboxSelectMultiple, choices=[]
    )
    hours = forms.IntegerField(label="学时", min_value=0, max_value=999, required=False)
    result = CleanCharField(label="结果", max_length=60, required=False, help_text="如考核合格。")

    def __init__(self, *args, training, user, **kwargs):
        super().__init__(*args, **kwargs)
        rows = in_office(access_of(user).units("disability.edit"), training.occurred_on)
        self.people = {str(worker.pk): worker for worker in rows}
        several = len({worker.unit_id for worker in rows}) > 1
        self.fields["workers"].choices = [
            (key, f"{worker}{f' · {worker.unit}' if several else ''}")
            for key, worker in self.people.items()
        ]
        noted = training.worker_attendances.kept().values_list("worker", flat=True)
        self.fields["workers"].initial = [str(pk) for pk in noted]
        self.fields["hours"].initial = training.hours
        self.fields["workers"].error_messages["required"] = "请勾选参训人员。"
        self.lay_out(("workers",), ("hours", "result"))

    def clean_workers(self):
        chosen = [self.people[key] for key in self.cleaned_data["workers"]]
        if not chosen:
            raise ValidationError("请勾选参训人员。")
        return chosen
