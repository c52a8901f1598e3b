-- The audit trigger. Its functions belong to the audit role, as the log of log.sql does.
SET LOCAL ROLE :"audit";

-- Who writes. Only the owner role (migrations) may go unnamed.
CREATE OR REPLACE FUNCTION audit.actor() RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  named text := nullif(current_setting('app.actor', true), '');
BEGIN
  IF named IS NULL AND session_user <> :'owner' THEN
    RAISE EXCEPTION 'a write outside any scope has no actor' USING ERRCODE = 'PA001';
  END IF;
  RETURN coalesce(named, 'owner');
END
$$;

-- Arguments: key column; jsonpath of the units that may read the entry; columns whose change alone
-- is not worth an entry; columns whose content stays out of the log (files, password hashes).
-- A scalar subquery calls actor() once, and only when there is a row. The plan is kept for the
-- session: one made for a single row would join old and new of a bulk update by nested loops.
-- OFFSET 0 keeps to_jsonb from being called again for every use of its result, and nextval too.
CREATE OR REPLACE FUNCTION audit.record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_nestloop = off AS $$
DECLARE
  key text := TG_ARGV[0];
  units jsonpath := TG_ARGV[1]::jsonpath;
  noise text[] := TG_ARGV[2]::text[];
  hidden text[] := TG_ARGV[3]::text[];
  request text := nullif(current_setting('app.request', true), '');
  address text := nullif(current_setting('app.address', true), '');
  reason text := nullif(current_setting('app.correction', true), '');
  tx bigint := pg_current_xact_id()::text::bigint;
BEGIN
  IF reason IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_trigger WHERE tgrelid = TG_RELID AND tgname LIKE 'wall\_closed\_%'
  ) THEN
    reason := NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO audit.log (id, at, txid, actor, request, address, reason, table_name, row_id, op, unit_ids,
      before, after, hash)
    SELECT e.*, audit.digest(e.id, e.at, e.txid, e.actor, e.request, e.address, e.reason, e.table_name,
      e.row_id, e.op, e.unit_ids, e.before, e.after)
    FROM (
      SELECT nextval('audit.log_id_seq') AS id, clock_timestamp() AS at, tx AS txid,
        (SELECT audit.actor()) AS actor, request, address, reason, TG_TABLE_NAME::text AS table_name,
        (now.r->>key)::bigint AS row_id, 'update' AS op,
        ARRAY(
          SELECT DISTINCT unit::bigint FROM jsonb_array_elements_text(
            jsonb_path_query_array(was.r, units) || jsonb_path_query_array(now.r, units)
          ) AS unit WHERE unit IS NOT NULL
        ) AS unit_ids, changed.before, changed.after
      FROM (SELECT to_jsonb(o) AS r FROM old_rows o OFFSET 0) was
      JOIN (SELECT to_jsonb(n) AS r FROM new_rows n OFFSET 0) now ON now.r->>key = was.r->>key
      CROSS JOIN LATERAL (
        SELECT
          jsonb_object_agg(name, CASE WHEN name = ANY (hidden) THEN '"(hidden)"' ELSE value END)
            AS before,
          jsonb_object_agg(name, CASE WHEN name = ANY (hidden) THEN '"(hidden)"' ELSE now.r->name END)
            AS after
        FROM jsonb_each(was.r) AS field (name, value)
        WHERE value IS DISTINCT FROM now.r->name AND name <> ALL (noise)
      ) changed
      WHERE changed.before IS NOT NULL
      OFFSET 0
    ) e;
  ELSIF TG_OP = 'INSERT' THEN
    INSERT INTO audit.log (id, at, txid, actor, request, address, reason, table_name, row_id, op, unit_ids,
      before, after, hash)
    SELECT e.*, audit.digest(e.id, e.at, e.txid, e.actor, e.request, e.address, e.reason, e.table_name,
      e.row_id, e.op, e.unit_ids, e.before, e.after)
    FROM (
      SELECT nextval('audit.log_id_seq') AS id, clock_timestamp() AS at, tx AS txid,
        (SELECT audit.actor()) AS actor, request, address, reason, TG_TABLE_NAME::text AS table_name,
        (r->>key)::bigint AS row_id, 'insert' AS op,
        ARRAY(
          SELECT unit::bigint FROM jsonb_array_elements_text(jsonb_path_query_array(r, units)) AS unit
          WHERE unit IS NOT NULL
        ) AS unit_ids, NULL::jsonb AS before, r - hidden AS after
      FROM (SELECT to_jsonb(n) AS r FROM new_rows n OFFSET 0) now
      OFFSET 0
    ) e;
  ELSE
    INSERT INTO audit.log (id, at, txid, actor, request, address, reason, table_name, row_id, op, unit_ids,
      before, after, hash)
    SELECT e.*, audit.digest(e.id, e.at, e.txid, e.actor, e.request, e.address, e.reason, e.table_name,
      e.row_id, e.op, e.unit_ids, e.before, e.after)
    FROM (
      SELECT nextval('audit.log_id_seq') AS id, clock_timestamp() AS at, tx AS txid,
        (SELECT audit.actor()) AS actor, request, address, reason, TG_TABLE_NAME::text AS table_name,
        (r->>key)::bigint AS row_id, 'delete' AS op,
        ARRAY(
          SELECT unit::bigint FROM jsonb_array_elements_text(jsonb_path_query_array(r, units)) AS unit
          WHERE unit IS NOT NULL
        ) AS unit_ids, r - hidden AS before, NULL::jsonb AS after
      FROM (SELECT to_jsonb(o) AS r FROM old_rows o OFFSET 0) was
      OFFSET 0
    ) e;
  END IF;
  RETURN NULL;
END
$$;

REVOKE ALL ON FUNCTION audit.actor(), audit.record() FROM PUBLIC;
RESET ROLE;
