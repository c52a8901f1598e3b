"""Forms of surveys and of the needs that they raise."""

from disability.enums.needs import NeedClass
from disability.forms.people import PersonForm


class SurveyForm(PersonForm):
    """The year is that of the day, unless another round is meant."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].required = False
        self.fields["needs"].error_messages["required"] = "请选择康复需求；没有需求的选“无需求”。"

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        day, needs = data.get("occurred_on"), data.get("needs") or []
        if day and not data.get("year") and "year" not in self.errors:
            data["year"] = day.year
        if NeedClass.NONE in needs and len(needs) > 1:
            self.add_error("needs", "选了“无需求”，就不能再选别的需求。")
        elif day and data.get("year") and abs(data["year"] - day.year) > 1:
            self.add_error("year", f"调查年度与调查日期{day}相差太远，请核对。")
        return data


class NeedForm(PersonForm):
    """A need of a survey keeps the survey's person, class and day."""

    days = ("occurred_on", "met_on")
    of_survey = ("resident", "kind", "occurred_on")

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        if self.instance.pk and self.instance.survey_id:
            for name in self.of_survey:
                if name in self.changed_data and name not in self.errors:
                    self.add_error(name, "这是需求调查中登记的，请到那次调查里修改。")
        return data
