"""What forms about persons outside the register check: name, phone, and what the number tells."""

from django.core.exceptions import ValidationError

from residents.id_numbers import normalise, parse_id


class JudgesPersons:
    """For a form with the fields of ``OutsidePerson``, and perhaps ``sex`` and ``born_on``."""

    def judge(self, name: str, check) -> None:
        """The field's text as ``check`` gives it back, or its complaint at the field."""
        text = self.cleaned_data.get(name)
        if text:
            try:
                self.cleaned_data[name] = check(text)
            except ValidationError as error:
                self.add_error(name, error)

    def judge_number(self, data: dict) -> None:
        """Check the number; sex and birth date follow where it tells them."""
        try:
            number = normalise(data.get("number") or "")
            if not number:
                return
            found = parse_id(data.get("id_kind") or None, number)
        except ValidationError as error:
            self.add_error("number", error)
            return
        data["number"], data["id_kind"] = found.number, found.kind
        told = {"born_on": found.birth, "sex": found.sex}
        for name, value in told.items():
            if value is None:
                continue
            if data.get(name) not in (None, "", value):
                self.add_error(name, f"与证件号码中的{self.fields[name].label}不一致。")
            else:
                data[name] = value
