"""Further care categories (domain §1.3, §1.4); offices retire those that they do not use."""

from django.db import migrations

KINDS = (
    ("empty_nest_elder", "空巢老人", 75),
    ("half_disabled", "半失能", 115),
    ("unsupported_child", "事实无人抚养儿童", 145),
    ("other_hardship", "其他困难", 150),
)


def add(apps, schema_editor):
    kinds = apps.get_model("residents", "CareKind").objects.using(schema_editor.connection.alias)
    taken = set(kinds.values_list("name", flat=True))
    for code, name, ordinal in KINDS:
        if name not in taken:
            kinds.create(code=code, name=name, ordinal=ordinal)


class Migration(migrations.Migration):
    dependencies = [("residents", "0024_care_kinds_retire")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
