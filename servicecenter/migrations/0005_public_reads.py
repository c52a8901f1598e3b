"""What a page without sign-in may read of the agency: units, published guides, where a case stands.

Reviewed as part of the wall (ADR 21): each runs as the owner, who sees all rows, and tells no more
than its columns. None tells a name, a number of a person or a word that somebody typed about a case.
``servicecenter_public_case`` always answers with one row, by the same statement, empty for a number
that does not exist; whether the receipt's code fits is compared before its answer is shown.
"""

from django.db import migrations

from portal.wall.public_role import add_function

UNITS = """
CREATE FUNCTION servicecenter_public_units()
RETURNS TABLE (
  id bigint, code text, name text, kind text, parent_id bigint, hall text, address text,
  hours text, phone text, complaint_phone text
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT u.id, u.code, u.name, u.kind, u.parent_id, h.name, h.address, h.hours, h.phone,
    h.complaint_phone
  FROM public.portal_unit AS u
  LEFT JOIN public.servicecenter_hall AS h ON h.unit_id = u.id AND h.deleted_at IS NULL
  WHERE u.kind IN ('street', 'community')
    AND coalesce(u.valid_from, '-infinity') <= (now() AT TIME ZONE 'Asia/Shanghai')::date
    AND coalesce(u.valid_to, 'infinity') >= (now() AT TIME ZONE 'Asia/Shanghai')::date
  ORDER BY u.code
$$
"""
ITEMS = """
CREATE FUNCTION servicecenter_public_items(at_unit bigint)
RETURNS TABLE (
  id bigint, code text, name text, department text, unit_id bigint, kind text, level text,
  applies_to text, conditions text, legal_days smallint, promised_days smallint, fee text,
  basis text, process text, phone text, complaint_phone text, place text, hours text,
  version_id bigint, published_on date, materials jsonb
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH today (day) AS (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date)
  SELECT i.id, i.code, i.name, i.department, i.unit_id, v.kind, v.level, v.applies_to,
    v.conditions, v.legal_days, v.promised_days, v.fee, v.basis, v.process, v.phone,
    v.complaint_phone, v.place, v.hours, v.id, v.published_on,
    coalesce((
      SELECT jsonb_agg(jsonb_build_object(
        'name', m.name, 'originals', m.originals, 'copies', m.copies, 'source', m.source,
        'sample', m.sample, 'may_follow', m.may_follow
      ) ORDER BY m.ordinal)
      FROM public.servicecenter_itemmaterial AS m
      WHERE m.version_of_item_id = v.id AND m.deleted_at IS NULL
    ), '[]')
  FROM public.servicecenter_serviceitem AS i
  JOIN public.servicecenter_itemversion AS v ON v.item_id = i.id
  CROSS JOIN today
  WHERE i.unit_id IN (
      SELECT at_unit UNION ALL SELECT u.parent_id FROM public.portal_unit AS u WHERE u.id = at_unit
    )
    AND i.deleted_at IS NULL AND v.deleted_at IS NULL
    AND (i.closed_on IS NULL OR i.closed_on >= day)
    AND v.published_on <= day AND v.starts_on <= day AND coalesce(v.ends_on, 'infinity') >= day
  ORDER BY i.department, i.code
$$
"""
CASE = """
CREATE FUNCTION servicecenter_public_case(wanted text)
RETURNS TABLE (
  state text, kind text, occurred_on date, accepted_on date, due_on date, extended_on date,
  extended_days smallint, handled_on date, paused_on date, sent_up_on date,
  street_received_on date, decided_on date, replied_on date, reopened_on date,
  provisional boolean, unit text, phone text, complaint_phone text
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.state, c.kind, c.occurred_on, c.accepted_on, c.due_on, c.extended_on,
    c.extended_days,
    (SELECT min(s.occurred_on) FROM public.servicecenter_casestep AS s
      WHERE s.case_id = c.id AND s.deleted_at IS NULL AND s.action IN ('assign', 'take')),
    (SELECT max(p.starts_on) FROM public.servicecenter_casepause AS p
      WHERE p.case_id = c.id AND p.deleted_at IS NULL AND p.ends_on IS NULL),
    c.sent_up_on, c.street_received_on, c.decided_on, c.replied_on, c.reopened_on,
    c.due_on IS NOT NULL AND NOT EXISTS (
      SELECT FROM public.portal_worknotice AS n
      WHERE n.source = 'national' AND n.year = extract(year FROM c.due_on)
    ),
    coalesce(h.name, u.name), h.phone, h.complaint_phone
  FROM (SELECT wanted) AS asked
  LEFT JOIN public.servicecenter_case AS c ON c.number = wanted AND c.deleted_at IS NULL
  LEFT JOIN public.portal_unit AS u ON u.id = c.unit_id
  LEFT JOIN public.servicecenter_hall AS h ON h.unit_id = c.unit_id AND h.deleted_at IS NULL
$$
"""
FUNCTIONS = {
    "servicecenter_public_units()": UNITS,
    "servicecenter_public_items(bigint)": ITEMS,
    "servicecenter_public_case(text)": CASE,
}


def create(apps, schema_editor):
    for signature, sql in FUNCTIONS.items():
        add_function(schema_editor, signature, sql)


def drop(apps, schema_editor):
    for signature in FUNCTIONS:
        schema_editor.execute(f"DROP FUNCTION {signature}")


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0013_public_tries"),
        ("servicecenter", "0004_regimes_meetings_and_agents_grids"),
    ]

    operations = [migrations.RunPython(create, drop)]
