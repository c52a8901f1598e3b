"""Case numbers count in the one table of serials."""

from django.db import migrations


def carry_over(apps, schema_editor):
    alias = schema_editor.connection.alias
    serials = apps.get_model("portal", "Serial").objects.using(alias)
    for counter in apps.get_model("servicecenter", "NumberSeries").objects.using(alias).all():
        serials.create(unit_id=counter.unit_id, series="case", year=counter.year, last=counter.last)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0014_serials_and_trainees"),
        ("servicecenter", "0009_visits_by_checklist"),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel("NumberSeries"),
    ]
