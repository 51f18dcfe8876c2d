-- Has PostgREST call app.check_request before each request, by its own setting. Without the right to set it (a server
-- that is no Supabase platform) the rest works; then access tokens hold for the minutes they live.
do $$
begin
  execute format(
    'alter role authenticator in database %I set pgrst.db_pre_request = %L', current_database(), 'app.check_request'
  );
  perform pg_notify('pgrst', 'reload config');
exception
  when insufficient_privilege or undefined_object then
    raise notice 'PostgREST will not call app.check_request: %', sqlerrm;
end;
$$;
