"""Fill the hash by which one number in two forms is found (15 and 18 digits, re-issued permits)."""

from django.db import migrations

from portal.crypto import keyed_hash
from residents.id_numbers import twin_key

CHUNK = 1000


def fill(apps, schema_editor):
    residents = apps.get_model("residents", "Resident").objects.using(
        schema_editor.connection.alias
    )
    numbered = residents.filter(id_hash__isnull=False, id_twin_hash__isnull=True)
    waiting = []
    for resident in numbered.only("id_number").iterator(chunk_size=CHUNK):
        resident.id_twin_hash = keyed_hash(twin_key(resident.id_number), "id-twin")
        waiting.append(resident)
        if len(waiting) == CHUNK:
            residents.bulk_update(waiting, ["id_twin_hash"])
            waiting = []
    residents.bulk_update(waiting, ["id_twin_hash"])


class Migration(migrations.Migration):
    dependencies = [("residents", "0010_duplicates")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
