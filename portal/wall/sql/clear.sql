-- Take away all policies and grants, our triggers and what they mark by; the same transaction makes them anew. A policy
-- of another hand goes too (policies add up: it could only open), and what has no class stays closed.
DO $$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT tablename, policyname FROM pg_policies
    WHERE schemaname = 'public'
  LOOP
    EXECUTE format('DROP POLICY %I ON public.%I', found.policyname, found.tablename);
  END LOOP;
  FOR found IN
    SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal AND t.tgname LIKE 'wall\_%'
  LOOP
    EXECUTE format('DROP TRIGGER %I ON public.%I', found.tgname, found.relname);
  END LOOP;
  FOR found IN
    SELECT p.oid::regprocedure AS function FROM pg_proc p
    WHERE pronamespace = 'public'::regnamespace AND p.proname ~ '^wall_(mark|code)_'
  LOOP
    EXECUTE format('DROP FUNCTION %s', found.function);
  END LOOP;
  FOR found IN
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relrowsecurity
  LOOP
    EXECUTE format(
      'ALTER TABLE public.%1$I DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY', found.relname
    );
  END LOOP;
END
$$;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, :"web", :"public";
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, :"web", :"public";
REVOKE CREATE ON SCHEMA public FROM PUBLIC, :"web", :"public";
GRANT USAGE ON SCHEMA public TO :"web", :"public";
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO :"web";
