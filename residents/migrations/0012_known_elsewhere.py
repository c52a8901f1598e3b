"""A reviewed function that says whether records out of sight refer to a resident, and no more.

A merge moves every reference. What the scope hides would stay behind, so a merge asks this first.
It runs as the owner, who sees all rows, and answers only yes or no.
"""

from django.conf import settings
from django.db import migrations

FUNCTION = """
CREATE FUNCTION residents_known_elsewhere(keys bigint[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  reference record;
  found boolean;
BEGIN
  FOR reference IN
    SELECT c.conrelid::regclass AS referring, a.attname AS name
    FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    JOIN pg_attribute u ON u.attrelid = c.conrelid AND u.attname = 'unit_id' AND NOT u.attisdropped
    WHERE c.contype = 'f' AND c.confrelid = 'public.residents_resident'::regclass
      AND c.conrelid NOT IN (
        'public.residents_duplicatepair'::regclass, 'public.residents_merge'::regclass
      )
  LOOP
    EXECUTE format(
      'SELECT EXISTS (SELECT FROM %s WHERE %I = ANY ($1) AND unit_id <> ALL ($2))',
      reference.referring, reference.name
    ) INTO found USING keys, public.app_scope();
    IF found THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END
$$
"""


def create(apps, schema_editor):
    web = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    schema_editor.execute(FUNCTION, params=None)
    schema_editor.execute("REVOKE ALL ON FUNCTION residents_known_elsewhere(bigint[]) FROM PUBLIC")
    schema_editor.execute(f"GRANT EXECUTE ON FUNCTION residents_known_elsewhere(bigint[]) TO {web}")


class Migration(migrations.Migration):
    dependencies = [("residents", "0011_id_twins")]

    operations = [
        migrations.RunPython(
            create,
            lambda apps, editor: editor.execute(
                "DROP FUNCTION residents_known_elsewhere(bigint[])"
            ),
        )
    ]
