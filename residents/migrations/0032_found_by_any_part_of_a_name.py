"""People and homes are found by any part of their words through indexes.

Under row-level security LIKE loses its indexes: its operators may tell of rows that the policy hides, so
the policy is asked first, of every row. These functions run as the owner, ask the index first and the scope
of the transaction after, and give keys of rows in scope alone. What they give is read under the policies
again. Reviewed as part of the wall (ADR 3).

Words are found by the characters they are made of, as Chinese has too few letters to a word for trigrams;
readings by trigrams. EXECUTE lets each search have a plan of its own: 春 is in every address, 堃 in three names.
"""

from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

INDEXES = """
CREATE INDEX resident_name_characters ON residents_resident USING gin (string_to_array(name, NULL));
CREATE INDEX resident_former_name ON residents_resident (id) WHERE former_name <> '';
CREATE INDEX resident_address_characters ON residents_resident USING gin (string_to_array(address, NULL));
CREATE INDEX resident_sounds ON residents_resident USING gin (name_keys gin_trgm_ops);
CREATE INDEX resident_latin_name ON residents_resident (id) WHERE name ~ '[A-Za-z]';
CREATE INDEX household_address_characters ON residents_household USING gin (string_to_array(address, NULL));
CREATE INDEX household_number_begins ON residents_household (upper(number) text_pattern_ops);
"""
NO_INDEXES = """
DROP INDEX resident_name_characters, resident_former_name, resident_address_characters, resident_sounds,
  resident_latin_name, household_address_characters, household_number_begins
"""
WORDS = """
CREATE FUNCTION residents_by_words(wanted text, place text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY EXECUTE
    'SELECT id FROM public.residents_resident WHERE unit_ids && $1'
    ' AND string_to_array(name, NULL) @> $2 AND strpos(name, $3) > 0'
    ' UNION SELECT id FROM public.residents_resident WHERE unit_ids && $1'
    ' AND former_name <> '''' AND strpos(former_name, $3) > 0'
    ' UNION SELECT id FROM public.residents_resident WHERE unit_id = ANY ($1)'
    ' AND string_to_array(address, NULL) @> $4 AND strpos(address, $5) > 0'
    USING public.app_scope(), string_to_array(wanted, NULL), wanted, string_to_array(place, NULL), place;
END
$$
"""
SOUNDS = """
CREATE FUNCTION residents_by_sound(reading text, latin text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF reading !~ '^[a-z]+$' THEN
    RETURN;
  END IF;
  RETURN QUERY EXECUTE
    'SELECT id FROM public.residents_resident WHERE unit_ids && $1 AND name_keys LIKE $2'
    ' UNION SELECT id FROM public.residents_resident WHERE unit_ids && $1'
    ' AND name ~ ''[A-Za-z]'' AND strpos(lower(name), $3) > 0'
    USING public.app_scope(), '%|' || reading || '%', lower(latin);
END
$$
"""
HOMES = """
CREATE FUNCTION residents_homes_by_words(wanted text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY EXECUTE
    'SELECT id FROM public.residents_household WHERE unit_ids && $1 AND upper(number) LIKE $2'
    ' UNION SELECT id FROM public.residents_household WHERE unit_ids && $1'
    ' AND string_to_array(address, NULL) @> $3 AND strpos(address, $4) > 0'
    USING public.app_scope(), regexp_replace(upper(wanted), '([\\\\%_])', '\\\\\\1', 'g') || '%',
      string_to_array(wanted, NULL), wanted;
END
$$
"""
SIGNATURES = {
    "residents_by_words(text, text)": WORDS,
    "residents_by_sound(text, text)": SOUNDS,
    "residents_homes_by_words(text)": HOMES,
}


def create(apps, schema_editor):
    web = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    for signature, text in SIGNATURES.items():
        schema_editor.execute(text, params=None)
        schema_editor.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        schema_editor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {web}")


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP FUNCTION {', '.join(SIGNATURES)}")


class Migration(migrations.Migration):
    dependencies = [("residents", "0031_data_requests")]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(INDEXES, NO_INDEXES),
        migrations.RunPython(create, drop),
    ]
