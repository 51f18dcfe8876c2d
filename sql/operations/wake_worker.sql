-- Wakes the worker over HTTP, so many times at once: pg_net posts to {odyssey_functions_url}/worker{path} with the key
-- odyssey_secret_key, both kept in Vault. pg_net sends nothing else while a request is open, so the worker is asked to
-- answer first and work then.
create or replace function app.wake_worker(path text default '', calls int default 1)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_url text;
  v_key text;
begin
  if calls <= 0 then
    return 0;
  end if;
  select
    max(s.decrypted_secret) filter (where s.name = 'odyssey_functions_url'),
    max(s.decrypted_secret) filter (where s.name = 'odyssey_secret_key')
  into v_url, v_key
  from vault.decrypted_secrets as s
  where s.name in ('odyssey_functions_url', 'odyssey_secret_key');
  if v_url is null or v_key is null then
    raise exception 'put odyssey_functions_url and odyssey_secret_key into Vault: docs/operations/schedules.md'
      using errcode = 'config_file_error';
  end if;
  for v_call in 1 .. calls loop
    perform net.http_post(
      url => rtrim(v_url, '/') || '/worker' || wake_worker.path,
      body => '{}'::jsonb,
      headers => jsonb_build_object(
        'Content-Type', 'application/json', 'apikey', v_key, 'Prefer', 'respond-async'
      ),
      timeout_milliseconds => 5000
    );
  end loop;
  return calls;
end;
$$;
comment on function app.wake_worker is 'Has pg_net call the worker so many times at once; returns how many.';
