"""Surveys whose levels must add up."""

from portal.ledgers.forms import LedgerForm


class SurveyForm(LedgerForm):
    """The levels are those of all valid answers."""

    def clean(self):
        data = super().clean()
        asked, valid = data.get("asked"), data.get("valid")
        if asked is not None and valid is not None and valid > asked:
            self.add_error("valid", "有效份数不能多于发出份数。")
        levels = [data.get(name) for name in self._meta.model.LEVELS]
        if valid is not None and None not in levels and sum(levels) != valid:
            self.add_error("valid", f"各档份数之和是 {sum(levels)}，应等于有效份数。")
        return data

    def check_record(self):
        self.instance.derive()
        super().check_record()
