"""Care tags of one kind must not overlap: of two that do, the one recorded later goes to the bin."""

from django.db import migrations

APART = """
UPDATE residents_caretag AS tag SET deleted_at = now()
WHERE deleted_at IS NULL AND EXISTS (
  SELECT FROM residents_caretag AS earlier
  WHERE earlier.id < tag.id AND earlier.deleted_at IS NULL
    AND (earlier.resident_id, earlier.kind_id, earlier.unit_id)
      = (tag.resident_id, tag.kind_id, tag.unit_id)
    AND daterange(earlier.starts_on, earlier.ends_on, '[]')
      && daterange(tag.starts_on, tag.ends_on, '[]')
)
"""


class Migration(migrations.Migration):
    dependencies = [("residents", "0022_consents")]

    operations = [migrations.RunSQL(APART, migrations.RunSQL.noop)]
