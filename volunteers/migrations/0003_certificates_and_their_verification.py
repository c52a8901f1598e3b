"""On which records a certificate stands, and what whoever holds it is told without sign-in.

Reviewed as part of the wall (ADR 21): the function is asked by the keyed hash of the code on the paper,
which PostgreSQL cannot compute, and always answers with one row, empty for a code that does not exist.
What the paper says is sealed; only the page opens it.
"""

from django.db import migrations, models

from portal.wall.public_role import add_function

SIGNATURE = "volunteers_public_certificate(text)"
CERTIFICATE = """
CREATE FUNCTION volunteers_public_certificate(wanted text)
RETURNS TABLE (state text, content text, revoked_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.state, c.content, c.revoked_on
  FROM (SELECT wanted) AS asked
  LEFT JOIN public.volunteers_servicecertificate AS c
    ON c.code_hash = wanted AND c.deleted_at IS NULL AND c.state IN ('issued', 'revoked')
$$
"""


def create(apps, schema_editor):
    add_function(schema_editor, SIGNATURE, CERTIFICATE)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP FUNCTION {SIGNATURE}")


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0013_public_tries"),
        ("volunteers", "0002_activity_types"),
    ]

    operations = [
        migrations.AddField(
            model_name="servicecertificate",
            name="certified",
            field=models.JSONField(
                blank=True, default=dict, editable=False, verbose_name="所依据的服务记录"
            ),
        ),
        migrations.RunPython(create, drop),
    ]
