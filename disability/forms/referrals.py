"""The form of a referral; what each stage needs is said by the model."""

from disability.forms.people import PersonForm


class ReferralForm(PersonForm):
    def judges_alone(self):
        return True
