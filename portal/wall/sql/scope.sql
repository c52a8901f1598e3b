-- The units of the present scope, and those units with their ancestors ("down" tables).
-- A transaction-local setting reads '' afterwards, not NULL: hence nullif. No scope, no rows.
CREATE OR REPLACE FUNCTION app_scope() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(
    string_to_array(nullif(current_setting('app.scope', true), ''), ',')::bigint[], '{}'
  )
$$;

CREATE OR REPLACE FUNCTION app_scope_and_above() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT string_to_array(
    concat_ws(',',
      nullif(current_setting('app.scope', true), ''),
      nullif(current_setting('app.above', true), '')
    ), ','
  )::bigint[]
$$;

REVOKE ALL ON FUNCTION app_scope(), app_scope_and_above() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_scope(), app_scope_and_above() TO :"web";
