-- What a database is made of, (kind, line): all that must be there again after a restore.
WITH relation AS (
  SELECT c.oid, c.relkind, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity,
         format('%I.%I', nspname, relname) AS name
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
  WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'
)
SELECT 'policies', concat_ws(' ', name, polname, polcmd, polpermissive, polroles::regrole[],
                             pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
FROM pg_policy JOIN relation AS r ON r.oid = polrelid
UNION ALL
SELECT 'forced', name FROM relation
WHERE relkind IN ('r', 'p') AND relrowsecurity AND relforcerowsecurity
UNION ALL
SELECT 'triggers', concat_ws(' ', pg_get_triggerdef(t.oid), tgenabled)
FROM pg_trigger AS t JOIN relation AS r ON r.oid = tgrelid WHERE NOT tgisinternal
UNION ALL
SELECT 'constraints', concat_ws(' ', name, conname, convalidated, pg_get_constraintdef(k.oid))
FROM pg_constraint AS k JOIN relation AS r ON r.oid = conrelid
UNION ALL
SELECT 'indexes', pg_get_indexdef(indexrelid)
FROM pg_index JOIN relation AS r ON r.oid = indrelid WHERE indisvalid
UNION ALL
SELECT 'columns', concat_ws(' ', name, attname, format_type(atttypid, atttypmod), attnotnull)
FROM pg_attribute JOIN relation AS r ON r.oid = attrelid
WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'v')
UNION ALL
SELECT 'functions', concat_ws(' ', p.oid::regprocedure, proowner::regrole, prosecdef, proconfig, md5(prosrc))
FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace
WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'
UNION ALL
SELECT 'owners', concat_ws(' ', name, relowner::regrole) FROM relation WHERE relkind IN ('r', 'p', 'S')
UNION ALL
SELECT 'grants', concat_ws(' ', name, grantee::regrole, privilege_type)
FROM relation, aclexplode(relacl) WHERE grantee <> relowner
