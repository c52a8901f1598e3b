from django.db import migrations


def tell_states(apps, schema_editor):
    """Confirmed batches are stored ones; the others were checked in a way that is no more, so they
    are checked again before they can be confirmed."""
    batches = apps.get_model("portal", "ImportBatch").objects.using(schema_editor.connection.alias)
    batches.filter(confirmed_at__isnull=False).update(state="stored")
    batches.filter(confirmed_at__isnull=True).update(state="uploaded")


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_import_life_cycle")]

    operations = [migrations.RunPython(tell_states, migrations.RunPython.noop)]
