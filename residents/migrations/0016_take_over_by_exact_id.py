"""The one door through the wall for people: a newcomer is taken over by the exact ID, and logged.

Reviewed as part of the wall (ADR 3): runs as the owner, who sees all rows; answers only to a user,
only for a unit in that user's scope, only for a whole number (its keyed hash), and so many times a
day. A miss, a dead and a merged person get the same answer. Every call leaves a row.

Where somebody is found the caller learns name and present unit, no more; the change of unit ends
the former spell and memberships the day before, keeps them with the former unit, and tells both
units of the move as life events. Without the 户籍 the former household keeps a registered row.
"""

from django.conf import settings
from django.db import migrations

SIGNATURE = "residents_take_over(text, bigint, date, text, text, boolean, integer, boolean)"
FUNCTION = """
CREATE FUNCTION residents_take_over(
  hash text, receiving bigint, day date, why text, how text, registration boolean,
  allowed integer, really boolean
) RETURNS TABLE (outcome text, resident_id bigint, resident_name text, former_name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  person public.residents_resident;
  spell public.residents_residencyspell;
  member public.residents_membership;
  actor bigint := substring(current_setting('app.actor', true) from '^user:([0-9]+)$')::bigint;
  verdict text;
  closed bigint;
  opened bigint;
BEGIN
  IF actor IS NULL OR receiving <> ALL (public.app_scope()) OR length(hash) < 16 OR day > current_date
  THEN
    RAISE EXCEPTION 'a take-over needs a user, a unit in scope, a whole number and a past day';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('take over'), actor::integer);
  IF (SELECT count(*) FROM public.residents_takeover AS t
      WHERE t.user_id = actor AND t.unit_id = t.receiving_id
        AND t.at >= date_trunc('day', now() AT TIME ZONE 'Asia/Shanghai') AT TIME ZONE 'Asia/Shanghai'
     ) >= least(allowed, 200)
  THEN
    RETURN QUERY SELECT 'limit'::text, NULL::bigint, NULL::text, NULL::text;
    RETURN;
  END IF;

  SELECT * INTO person FROM public.residents_resident AS r
  WHERE r.id_hash = hash AND r.deleted_at IS NULL AND r.died_on IS NULL AND r.merged_into_id IS NULL
  FOR UPDATE;
  SELECT * INTO spell FROM public.residents_residencyspell AS s
  WHERE s.resident_id = person.id AND s.deleted_at IS NULL ORDER BY s.starts_on DESC LIMIT 1;
  verdict := CASE
    WHEN person.id IS NULL THEN 'missing'
    WHEN person.unit_id = receiving THEN 'here'
    WHEN spell.starts_on >= day OR spell.ends_on >= day
      OR EXISTS (SELECT FROM public.residents_membership AS m
        WHERE m.resident_id = person.id AND m.deleted_at IS NULL AND m.ends_on IS NULL
          AND m.starts_on >= day) THEN 'early'
    WHEN EXISTS (
      SELECT FROM public.residents_membership AS m
      JOIN public.residents_membership AS other ON other.household_id = m.household_id
        AND other.deleted_at IS NULL AND other.ends_on IS NULL AND other.id <> m.id
      WHERE m.resident_id = person.id AND m.deleted_at IS NULL AND m.ends_on IS NULL
        AND m.relation = '02' AND (registration OR NOT m.registered)
    ) THEN 'head'
    WHEN really THEN 'done'
    ELSE 'found'
  END;
  INSERT INTO public.residents_takeover
    (unit_id, user_id, at, outcome, resident_id, former_id, receiving_id, "on", reason)
  SELECT kept, actor, now(), verdict, person.id, person.unit_id, receiving, day, why
  FROM unnest(CASE verdict WHEN 'done' THEN ARRAY[receiving, person.unit_id]
    ELSE ARRAY[receiving] END) AS kept;
  IF verdict = 'missing' THEN
    RETURN QUERY SELECT verdict, NULL::bigint, NULL::text, NULL::text;
    RETURN;
  END IF;
  IF verdict <> 'done' THEN
    RETURN QUERY SELECT verdict, person.id, person.name::text, u.name::text
    FROM public.portal_unit AS u WHERE u.id = person.unit_id;
    RETURN;
  END IF;

  IF spell.id IS NOT NULL AND spell.ends_on IS NULL THEN
    UPDATE public.residents_residencyspell AS s SET ends_on = day - 1, ended_by = 'moved'
    WHERE s.id = spell.id;
    closed := spell.id;
  END IF;
  FOR member IN
    SELECT * FROM public.residents_membership AS m
    WHERE m.resident_id = person.id AND m.deleted_at IS NULL AND m.ends_on IS NULL
      AND (registration OR m.living) ORDER BY m.id
  LOOP
    UPDATE public.residents_membership AS m SET ends_on = day - 1 WHERE m.id = member.id;
    IF member.registered AND NOT registration THEN
      INSERT INTO public.residents_membership (household_id, resident_id, unit_id, relation,
        starts_on, registered, living, recorded_by_id, recorded_at, version)
      VALUES (member.household_id, person.id, member.unit_id, member.relation,
        day, true, false, actor, now(), 1);
    END IF;
  END LOOP;
  UPDATE public.residents_resident AS r SET unit_id = receiving, grid_id = NULL, address = '',
    unit_ids = CASE WHEN receiving = ANY (r.unit_ids) THEN r.unit_ids
      ELSE r.unit_ids || receiving END
  WHERE r.id = person.id;
  INSERT INTO public.residents_residencyspell (unit_id, resident_id, starts_on, began_by, ended_by,
    residency, recorded_by_id, recorded_at, version)
  VALUES (receiving, person.id, day, 'moved', '', how, actor, now(), 1)
  RETURNING id INTO opened;
  INSERT INTO public.residents_lifeevent (unit_id, resident_id, kind, occurred_on, from_place,
    to_place, document_number, note, closed_spell_id, opened_spell_id, adopted, highlight,
    recorded_by_id, recorded_at, version)
  SELECT e.unit, person.id, e.kind, day, '', '', '', why, e.closed, e.opened, false, false,
    actor, now(), 1
  FROM (VALUES (person.unit_id, 'relocated_out', closed, NULL::bigint),
    (receiving, 'relocated_in', NULL::bigint, opened)) AS e (unit, kind, closed, opened)
  WHERE e.kind = 'relocated_in' OR e.closed IS NOT NULL
  ON CONFLICT DO NOTHING;
  RETURN QUERY SELECT verdict, person.id, person.name::text, u.name::text
  FROM public.portal_unit AS u WHERE u.id = person.unit_id;
END
$$
"""


def create(apps, schema_editor):
    web = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    schema_editor.execute(FUNCTION, params=None)
    schema_editor.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    schema_editor.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {web}")


class Migration(migrations.Migration):
    dependencies = [("residents", "0015_take_overs")]

    operations = [
        migrations.RunPython(
            create, lambda apps, editor: editor.execute(f"DROP FUNCTION {SIGNATURE}")
        )
    ]
