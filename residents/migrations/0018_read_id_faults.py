"""Read what each stored number disagrees with, as every save does from now on."""

from django.db import migrations

from residents.id_numbers import id_faults

CHUNK = 1000


def fill(apps, schema_editor):
    residents = apps.get_model("residents", "Resident").objects.using(
        schema_editor.connection.alias
    )
    waiting = []
    numbered = residents.filter(id_hash__isnull=False)
    for resident in numbered.only("id_kind", "id_number", "sex", "born_on").iterator(CHUNK):
        resident.id_faults = id_faults(
            resident.id_kind, resident.id_number, resident.sex, resident.born_on
        )
        if resident.id_faults:
            waiting.append(resident)
    residents.bulk_update(waiting, ["id_faults"], batch_size=CHUNK)


class Migration(migrations.Migration):
    dependencies = [("residents", "0017_id_faults")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
