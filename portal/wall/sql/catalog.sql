-- What the database really has of the wall, one line each; the installer keeps the lines, and any
-- later difference is a deviation. Expressions are printed under the pinned path, so that two
-- connections print alike.
CREATE OR REPLACE FUNCTION wall_catalog() RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH relation AS (
    SELECT * FROM pg_class
    WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'audit'))
  ), asked (oid) AS (  -- whose grants count; 0 is everybody
    SELECT 0::oid UNION ALL SELECT oid FROM pg_roles WHERE rolname IN (:'web', :'public')
  )
  SELECT format('table %s: owner %s, row security %s, forced %s',
                oid::regclass, relowner::regrole, relrowsecurity, relforcerowsecurity)
  FROM relation WHERE relkind IN ('r', 'p') AND NOT (
    -- Months come and go without the installer; nobody but their owner may touch one beside its parent.
    relispartition AND relowner = (SELECT relowner FROM pg_class WHERE oid = to_regclass('audit.log'))
  )
  UNION ALL
  SELECT format('role %s: sign-in %s, superuser %s, past policies %s, web may become it %s, inherits it %s,'
                ' member of %s', rolname, rolcanlogin, rolsuper, rolbypassrls,
                pg_has_role(:'web', oid, 'MEMBER'), pg_has_role(:'web', oid, 'USAGE'),
                ARRAY(SELECT roleid::regrole FROM pg_auth_members WHERE member = pg_roles.oid))
  FROM pg_roles WHERE rolname = :'public'
  UNION ALL
  SELECT format('view %s: %s', oid::regclass, reloptions)
  FROM relation WHERE relkind IN ('v', 'm')
  UNION ALL
  SELECT format('policy %s on %s: %s %s to %s using %s check %s',
                polname, r.oid::regclass, polcmd, polpermissive, polroles::regrole[],
                pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
  FROM pg_policy JOIN relation r ON r.oid = polrelid
  UNION ALL
  SELECT format('trigger %s, enabled %s', pg_get_triggerdef(t.oid), tgenabled)
  FROM pg_trigger t JOIN relation r ON r.oid = tgrelid
  WHERE NOT tgisinternal AND tgname LIKE 'wall\_%'
  UNION ALL
  SELECT format('grant %s on %s to %s', privilege_type, r.oid::regclass, grantee::regrole)
  FROM relation r, aclexplode(relacl) WHERE grantee IN (SELECT oid FROM asked)
  UNION ALL
  SELECT format('grant %s on %s.%s to %s', privilege_type, r.oid::regclass, attname, grantee::regrole)
  FROM relation r JOIN pg_attribute ON attrelid = r.oid, aclexplode(attacl)
  WHERE grantee IN (SELECT oid FROM asked)
  UNION ALL
  SELECT format('function %s: owner %s, definer %s, settings %s, grants %s, body %s',
                p.oid::regprocedure, proowner::regrole, prosecdef, proconfig, proacl,
                md5(prosrc || coalesce(pg_get_function_sqlbody(p.oid), '')))
  FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
  WHERE nspname = 'audit'
     OR (nspname = 'public' AND (prosecdef OR proname LIKE 'wall\_%' OR proname LIKE 'app\_%'))
$$;

REVOKE ALL ON FUNCTION wall_catalog() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wall_catalog() TO :"web";

CREATE TABLE IF NOT EXISTS wall_state (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  hash text NOT NULL,
  catalog text[] NOT NULL,
  installed_at timestamptz NOT NULL DEFAULT now()
);
