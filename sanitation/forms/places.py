"""Forms of those who answer for a place."""

from portal.text import clean_name
from sanitation.forms.cleaners import PhoneForm


class RepresentativeForm(PhoneForm):
    def clean(self):
        data = super().clean()
        self.judge("name", clean_name)
        return data
