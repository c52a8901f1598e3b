"""The take-over asks for the day as it is here: a session's own day is UTC's, hours behind, and before
eight in the morning nobody could be taken over today."""

from importlib import import_module

from django.db import migrations

FUNCTION = import_module("residents.migrations.0016_take_over_by_exact_id").FUNCTION
THERE, HERE = "day > current_date", "day > (now() AT TIME ZONE 'Asia/Shanghai')::date"


def replaced(text: str):
    return lambda apps, editor: editor.execute(
        text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), params=None
    )


class Migration(migrations.Migration):
    dependencies = [("residents", "0025_more_care_kinds")]

    operations = [migrations.RunPython(replaced(FUNCTION.replace(THERE, HERE)), replaced(FUNCTION))]
