"""Forms of complications, treatments, advice, carers' training and appointments.

What each must hold is said by the models, so that the steps and imports say it too."""

from disability.forms.people import PersonForm
from portal.text import parse_phone


class ConditionForm(PersonForm):
    """A record of one day about a person."""

    def judges_alone(self):
        return True


class SpellForm(PersonForm):
    """A record about a person whose days the model checks."""

    days = ()

    def judges_alone(self):
        return True


class CarerTrainingForm(PersonForm):
    def judges_alone(self):
        return True

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        return parse_phone(phone) if phone else ""
