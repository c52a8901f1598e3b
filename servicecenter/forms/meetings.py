"""Forms of the monthly meeting and its issues."""

from portal.ledgers.forms import LedgerForm


class MeetingForm(LedgerForm):
    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        month, held = data.get("month"), data.get("held_on")
        if month and held and (held.year, held.month) != (month.year, month.month):
            self.add_error(
                "held_on", "召开日期不在会议月份内；补开的，请在“通报情况”中说明并填月内日期。"
            )
        if held and data.get("attendees") is None and "attendees" not in self.errors:
            self.add_error("attendees", "已召开的请填写参加人数。")
        return data


class IssueForm(LedgerForm):
    def clean(self):
        data = super().clean()
        meeting, day = data.get("meeting"), data.get("occurred_on")
        if meeting and not meeting.held_on:
            self.add_error("meeting", "这次例会还没有登记召开日期。")
        elif meeting and day and day < meeting.month:
            self.add_error("occurred_on", "议题的提出日期不能早于例会月份。")
        return data
