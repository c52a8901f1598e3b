"""A redating is never removed by the web role; it goes when its case is destroyed, by the database itself."""

from django.db import migrations

GO = """
DO $$
DECLARE
  name text;
BEGIN
  SELECT conname INTO STRICT name FROM pg_constraint
  WHERE conrelid = 'servicecenter_caseredating'::regclass AND confrelid = 'servicecenter_case'::regclass
    AND contype = 'f';
  EXECUTE format(
    'ALTER TABLE servicecenter_caseredating DROP CONSTRAINT %1$I, ADD CONSTRAINT %1$I FOREIGN KEY (case_id)'
    ' REFERENCES servicecenter_case (id) %2$s DEFERRABLE INITIALLY DEFERRED', name, '{action}'
  );
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("servicecenter", "0010_case_numbers_are_serials")]

    operations = [
        migrations.RunSQL(GO.replace("{action}", "ON DELETE CASCADE"), GO.replace("{action}", "")),
    ]
