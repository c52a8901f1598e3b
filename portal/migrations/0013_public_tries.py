"""How often somebody asks without signing in, counted by a function of the public role (ADR 21).

Reviewed as part of the wall: it keeps two keyed hashes and the time, answers only whether one more
is allowed, and keeps no row beyond that. Tries of one ``who`` wait for each other.
"""

from django.db import migrations, models

from portal.wall.public_role import add_function

SIGNATURE = "portal_public_try(text, text, integer, integer)"
FUNCTION = """
CREATE FUNCTION portal_public_try(what text, who text, allowed integer, seconds integer)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  tried integer;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('public try ' || what), hashtext(who));
  SELECT count(*) INTO tried FROM (
    SELECT FROM public.portal_publictry AS t
    WHERE t.what = what AND t.who = who AND t.at > clock_timestamp() - make_interval(secs => seconds)
    LIMIT greatest(allowed, 0)
  ) AS counted;
  IF tried >= least(allowed, 1000) THEN
    RETURN false;
  END IF;
  INSERT INTO public.portal_publictry (what, who, at) VALUES (what, who, clock_timestamp());
  RETURN true;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0012_work_calendar")]

    operations = [
        migrations.CreateModel(
            name="PublicTry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=20)),
                ("who", models.CharField(max_length=32)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "公开页面查询次数",
                "indexes": [models.Index(fields=["what", "who", "at"], name="publictry_who_at")],
            },
        ),
        migrations.RunPython(
            lambda apps, editor: add_function(editor, SIGNATURE, FUNCTION),
            lambda apps, editor: editor.execute(f"DROP FUNCTION {SIGNATURE}"),
        ),
    ]
