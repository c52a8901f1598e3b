"""The form of a clean-up: the shared activity and what it took, on one page."""

from django.core.exceptions import ValidationError

from portal.ledgers.fields import formfield_for
from residents.forms import ActivityForm
from sanitation.models import CleanupDetail
from sanitation.services.cleanups import OF_THE_DETAIL, kept_elsewhere


class CleanupForm(ActivityForm):
    """Asks for the activity and its detail. What another department keeps of it is shown and not asked."""

    locks = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        detail = self._detail() or CleanupDetail()
        for name in OF_THE_DETAIL:
            self.fields[name] = formfield_for(CleanupDetail._meta.get_field(name))
            self.fields[name].required = False
            self.initial[name] = getattr(detail, name)
        self.keeper = kept_elsewhere(self.instance)
        if self.keeper and self.locks:
            for name in self._of_the_fact():
                self.fields[name].disabled = True
                self.fields[name].help_text = f"在“{self.keeper}”台账中修改。"
        self._speak_plainly()  # of the fields added here too
        self.helper.layout = self._layout()

    def _detail(self):
        detail = getattr(self.instance, "cleanup", None) if self.instance.pk else None
        return detail if detail and detail.deleted_at is None else None

    def _of_the_fact(self) -> set[str]:
        return self.fields.keys() - {*OF_THE_DETAIL, "version"}

    @property
    def told(self) -> dict:
        return {name: self.cleaned_data.get(name) for name in OF_THE_DETAIL}

    def clean(self):
        data = super().clean()
        self._check_detail(data)
        if self.keeper:
            said = {name for name in self._of_the_fact() if not self.fields[name].disabled}
            for name in said & {*self.changed_data}:
                self.add_error(
                    name,
                    f"这次清理在“{self.keeper}”台账中登记，{self.fields[name].label}请到那里修改。",
                )
        elif not data.get("scopes") and self.asks_scopes and "scopes" not in self.errors:
            self.add_error("scopes", "请选择清理范围。")
        return data

    def _check_detail(self, data):
        """The rules of the detail's own columns."""
        asked = {name: data.get(name) for name in OF_THE_DETAIL if name != "scopes"}
        beyond = {field.name for field in CleanupDetail._meta.fields} - asked.keys()
        try:
            CleanupDetail(**asked).clean_fields(exclude=beyond)
        except ValidationError as error:
            self._update_errors(error)

    asks_scopes = True


def cleanup_of_file(form_class):
    """A file may repeat what another department keeps, if it says the same; an old register may not tell
    what was cleaned, which the quality page asks for."""
    return type("CleanupOfFile", (form_class,), {"locks": False, "asks_scopes": False})
