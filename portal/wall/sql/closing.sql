-- A closed period takes no write: a row that lies in it is neither added, removed nor changed, unless
-- the transaction says why (app.correction), which the change log keeps. The owner only migrates.
-- Each write holds a shared lock of its units until it commits; closing takes them exclusively, so it
-- waits for writes that were let in before it, and later ones see it (portal.closing.services). The
-- lock is taken before the question, whose snapshot is then a newer one. Plain SQL over unit_id: a
-- statement put together at run time would cost several times as much.
-- Arguments: key column, unit column, columns of days, columns that stay ('{}': all of them), columns
-- that never matter.
CREATE OR REPLACE FUNCTION wall_closed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  key text := TG_ARGV[0];
  unit text := TG_ARGV[1];
  days text[] := TG_ARGV[2]::text[];
  fixed text[] := TG_ARGV[3]::text[];
  noise text[] := TG_ARGV[4]::text[];
  found record;
BEGIN
  IF session_user = :'owner'
    OR coalesce(current_setting('app.correction', true), '') <> ''
  THEN
    RETURN NULL;
  END IF;
  CASE TG_OP
  WHEN 'INSERT' THEN
    PERFORM pg_advisory_xact_lock_shared(5402034, touched::int)
    FROM (SELECT DISTINCT unit_id AS touched FROM new_rows ORDER BY 1) units;
  WHEN 'DELETE' THEN
    PERFORM pg_advisory_xact_lock_shared(5402034, touched::int)
    FROM (SELECT DISTINCT unit_id AS touched FROM old_rows ORDER BY 1) units;
  ELSE
    PERFORM pg_advisory_xact_lock_shared(5402034, touched::int)
    FROM (
      SELECT unit_id AS touched FROM old_rows UNION SELECT unit_id FROM new_rows ORDER BY 1
    ) units;
  END CASE;
  IF NOT EXISTS (SELECT FROM public.portal_closedperiod WHERE opened_at IS NULL) THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    SELECT c.unit_id, c.starts_on, c.ends_on INTO found
    FROM (SELECT to_jsonb(o) AS r FROM old_rows o OFFSET 0) was
    JOIN (SELECT to_jsonb(n) AS r FROM new_rows n OFFSET 0) now ON now.r->>key = was.r->>key
    JOIN public.portal_closedperiod c
      ON c.opened_at IS NULL AND c.unit_id IN ((was.r->>unit)::bigint, (now.r->>unit)::bigint)
    CROSS JOIN LATERAL (
      SELECT array_agg(name) AS names FROM jsonb_each(was.r) AS field (name, value)
      WHERE value IS DISTINCT FROM now.r->name AND name <> ALL (noise)
    ) changed
    WHERE changed.names IS NOT NULL AND EXISTS (
      SELECT FROM unnest(days) AS day
      WHERE ((was.r->>day)::date BETWEEN c.starts_on AND c.ends_on
          OR (now.r->>day)::date BETWEEN c.starts_on AND c.ends_on)
        AND (fixed = '{}' OR day = ANY (changed.names) OR fixed && changed.names
          OR ARRAY[unit, 'deleted_at'] && changed.names)
    )
    LIMIT 1;
  ELSE
    EXECUTE format(
      'SELECT c.unit_id, c.starts_on, c.ends_on FROM (SELECT to_jsonb(x) AS r FROM %I x OFFSET 0) it'
      ' JOIN public.portal_closedperiod c ON c.opened_at IS NULL AND c.unit_id = (it.r->>$1)::bigint'
      ' WHERE EXISTS (SELECT FROM unnest($2) AS day'
      ' WHERE (it.r->>day)::date BETWEEN c.starts_on AND c.ends_on) LIMIT 1',
      CASE TG_OP WHEN 'INSERT' THEN 'new_rows' ELSE 'old_rows' END
    ) INTO found USING unit, days;
  END IF;
  IF found.unit_id IS NOT NULL THEN
    RAISE EXCEPTION '% of unit % from % to % is closed',
      TG_TABLE_NAME, found.unit_id, found.starts_on, found.ends_on
      USING ERRCODE = 'PC001', DETAIL = format('%s %s', found.starts_on, found.ends_on);
  END IF;
  RETURN NULL;
END
$$;

REVOKE ALL ON FUNCTION wall_closed() FROM PUBLIC;
