"""The form of a value on a scale; range and step are said by the model."""

from disability.forms.people import PersonForm


class OutcomeForm(PersonForm):
    def judges_alone(self):
        return True
