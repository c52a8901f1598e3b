"""Open and closed spells so far say nothing of residency and grid: they take their resident's."""

from django.db import migrations

FILL = """
UPDATE residents_residencyspell AS spell
SET residency = person.residency,
    grid_id = CASE WHEN person.unit_id = spell.unit_id THEN person.grid_id END
FROM residents_resident AS person
WHERE person.id = spell.resident_id AND spell.residency = ''
"""


class Migration(migrations.Migration):
    dependencies = [("residents", "0007_life_events")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
