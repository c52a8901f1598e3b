"""The form of a special assessment."""

from sanitation.forms.base import CommunityForm


class AssessmentForm(CommunityForm):
    """The mark lies within its full marks."""

    def clean(self):
        data = super().clean()
        score, full = data.get("score"), data.get("full")
        if full is not None and not full:
            self.add_error("full", "满分应当大于零。")
        elif score is not None and full is not None and score > full:
            self.add_error("score", "得分不能高于满分。")
        return data
