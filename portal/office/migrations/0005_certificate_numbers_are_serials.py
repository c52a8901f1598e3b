"""Numbers of issued certificates count in the one table of serials."""

from django.db import migrations


def carry_over(apps, schema_editor):
    alias = schema_editor.connection.alias
    serials = apps.get_model("portal", "Serial").objects.using(alias)
    for counter in apps.get_model("office", "CertificateCounter").objects.using(alias).all():
        serials.create(
            unit_id=counter.unit_id, series="certificate", year=counter.year, last=counter.last
        )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0014_serials_and_trainees"),
        ("office", "0004_reading_rooms"),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel("CertificateCounter"),
    ]
