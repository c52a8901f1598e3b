"""What pages without sign-in may read of volunteer work, and the serial of a volunteer's link.

Reviewed as part of the wall (ADR 21, ADR 23): each runs as the owner, who sees all rows, and tells no
more than its columns. ``volunteers_public_link`` always answers, with an empty row for a number that
is nobody's; whether the code fits is compared before the page goes on. The posted list tells a name
only with consent and of age, else its first letter. Titles are told only of activities that are public.
"""

from django.db import migrations, models

from portal.wall.public_role import add_function

LINK = """
CREATE FUNCTION volunteers_public_link(wanted text)
RETURNS TABLE (id bigint, unit_id bigint, link_serial smallint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT v.id, v.unit_id, v.link_serial
  FROM (SELECT wanted, (now() AT TIME ZONE 'Asia/Shanghai')::date AS day) AS asked
  LEFT JOIN public.volunteers_volunteer AS v ON v.serial_number IN (wanted, upper(wanted)) AND v.deleted_at IS NULL
    AND v.joined_on <= day AND (v.left_on IS NULL OR v.left_on > day)
  ORDER BY v.id LIMIT 20
$$
"""
UNITS = """
CREATE FUNCTION volunteers_public_units()
RETURNS TABLE (
  id bigint, code text, name text, kind text, parent_id bigint, station text, phone text, place text
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH today (day) AS (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date)
  SELECT u.id, u.code, u.name, u.kind, u.parent_id, o.name, o.phone, o.place
  FROM public.portal_unit AS u
  CROSS JOIN today
  LEFT JOIN LATERAL (
    SELECT g.name, g.phone, g.place FROM public.volunteers_volunteerorg AS g
    WHERE g.unit_id = u.id AND g.deleted_at IS NULL AND g.kind IN ('head', 'station')
      AND g.founded_on <= day AND coalesce(g.ended_on, 'infinity') >= day
    ORDER BY g.kind, g.id LIMIT 1
  ) AS o ON true
  WHERE u.kind IN ('street', 'community')
    AND coalesce(u.valid_from, '-infinity') <= day AND coalesce(u.valid_to, 'infinity') >= day
  ORDER BY u.code
$$
"""
RECRUITING = """
CREATE FUNCTION volunteers_public_recruiting(at_unit bigint)
RETURNS TABLE (
  activity_id bigint, title text, type text, org text, starts_on date, ends_on date, place text,
  content text, serves text, needed smallint, risks text, insurance text, is_risky boolean,
  shift_id bigint, shift text, starts_at timestamptz, ends_at timestamptz, meets text, skill text,
  capacity smallint, signed bigint, waiting bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.id, a.title, t.name, o.name, a.starts_on, a.ends_on, a.place, a.content, a.serves,
    a.needed, a.risks, a.insurance, t.is_risky, s.id, s.name, s.starts_at, s.ends_at, s.place,
    s.skill, s.capacity,
    (SELECT count(*) FROM public.volunteers_signup AS g
      WHERE g.shift_id = s.id AND g.deleted_at IS NULL AND g.state = 'signed'),
    (SELECT count(*) FROM public.volunteers_signup AS g
      WHERE g.shift_id = s.id AND g.deleted_at IS NULL AND g.state = 'waiting')
  FROM public.volunteers_volunteeractivity AS a
  JOIN public.volunteers_volunteeractivitytype AS t ON t.id = a.type_id
  LEFT JOIN public.volunteers_volunteerorg AS o ON o.id = a.org_id AND o.deleted_at IS NULL
  LEFT JOIN public.volunteers_shift AS s ON s.activity_id = a.id AND s.deleted_at IS NULL
    AND s.starts_at > now()
  WHERE a.unit_id = at_unit AND a.deleted_at IS NULL AND a.is_public
    AND (
      a.state = 'recruiting' AND (
        s.id IS NOT NULL OR a.starts_on >= (now() AT TIME ZONE 'Asia/Shanghai')::date
      )
      OR a.state = 'held' AND s.id IS NOT NULL
    )
  ORDER BY a.starts_on, a.id, s.starts_at, s.id LIMIT 200
$$
"""
POSTED = """
CREATE FUNCTION volunteers_public_posted(at_unit bigint)
RETURNS TABLE (
  posting_id bigint, title text, starts_on date, ends_on date, place text, number text, name text,
  activity text, occurred_on date, minutes integer
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH today (day) AS (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date)
  SELECT p.id, p.title, p.starts_on, p.ends_on, p.place, v.serial_number,
    CASE WHEN v.may_publish AND coalesce(
        coalesce(r.born_on, v.born_on) <= (day - interval '18 years')::date, true
      ) THEN called.name
      ELSE left(called.name, 1) || repeat('*', least(greatest(length(called.name) - 1, 1), 2)) END,
    CASE WHEN a.is_public THEN a.title ELSE t.name END, s.occurred_on, s.minutes
  FROM public.volunteers_hoursposting AS p
  CROSS JOIN today
  JOIN public.volunteers_servicerecord AS s ON s.posting_id = p.id AND s.deleted_at IS NULL
    AND s.state = 'posted'
  JOIN public.volunteers_volunteer AS v ON v.id = s.volunteer_id
  LEFT JOIN public.residents_resident AS r ON r.id = v.resident_id
  CROSS JOIN LATERAL (SELECT coalesce(r.name, v.name) AS name) AS called
  LEFT JOIN public.volunteers_volunteeractivity AS a ON a.id = s.activity_id
  LEFT JOIN public.volunteers_volunteeractivitytype AS t ON t.id = a.type_id
  WHERE p.unit_id = at_unit AND p.deleted_at IS NULL AND p.closed_on IS NULL
    AND p.starts_on <= day AND p.ends_on >= day
  ORDER BY p.ends_on, p.id, v.serial_number, s.occurred_on, s.id LIMIT 5000
$$
"""
FUNCTIONS = {
    "volunteers_public_link(text)": LINK,
    "volunteers_public_units()": UNITS,
    "volunteers_public_recruiting(bigint)": RECRUITING,
    "volunteers_public_posted(bigint)": POSTED,
}


def create(apps, schema_editor):
    for signature, sql in FUNCTIONS.items():
        add_function(schema_editor, signature, sql)


def drop(apps, schema_editor):
    for signature in FUNCTIONS:
        schema_editor.execute(f"DROP FUNCTION {signature}")


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0014_serials_and_trainees"),
        ("volunteers", "0004_joining"),
    ]

    operations = [
        migrations.AddField(
            model_name="volunteer",
            name="link_serial",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddIndex(
            model_name="volunteer",
            index=models.Index(fields=["serial_number"], name="volunteer_number"),
        ),
        migrations.RunPython(create, drop),
    ]
