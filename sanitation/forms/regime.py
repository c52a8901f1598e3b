"""The form of work that a superior asks for: the office's campaign in the words of sanitation work."""

from portal.ledgers.forms import LedgerForm

WORDS = {"name": "专项工作", "rank": "部署级别", "grantor": "部署单位", "target_on": "计划完成日期"}


class SanitationCampaignForm(LedgerForm):
    def judges_alone(self):
        return True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in WORDS.items():
            self.fields[name].label = label
        self._speak_plainly()  # in these words
