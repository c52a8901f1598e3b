"""The care categories every office starts with (domain §1.4); offices add their own."""

from django.db import migrations

KINDS = (
    ("minimum_living", "低保"),
    ("extreme_poverty", "特困"),
    ("marginal", "低保边缘"),
    ("rigid_spending", "刚性支出困难"),
    ("relapse_watch", "防止返贫监测"),
    ("lonely_elder", "孤寡老人"),
    ("living_alone_elder", "独居老人"),
    ("left_behind_elder", "留守老人"),
    ("left_behind_child", "留守儿童"),
    ("left_behind_woman", "留守妇女"),
    ("disabled_care", "失能"),
    ("preferential", "优抚"),
    ("only_child_loss", "计生特殊家庭"),
    ("orphan", "孤儿"),
)


def add(apps, schema_editor):
    kinds = apps.get_model("residents", "CareKind")
    rows = [
        kinds(code=code, name=name, ordinal=10 * place)
        for place, (code, name) in enumerate(KINDS, start=1)
    ]
    kinds.objects.using(schema_editor.connection.alias).bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("residents", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
