-- Removes expired keys; one call removes a bounded number and waits for nobody. A schedule calls it.
create or replace function app.purge_idempotency_keys(max_rows int default 1000, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_removed int;
begin
  delete from public.idempotency_keys as k
  where k.id = any (array(
    select e.id from public.idempotency_keys as e
    where e.expires_at <= purge_idempotency_keys.at
    order by e.expires_at
    limit purge_idempotency_keys.max_rows
    for update skip locked
  ));
  get diagnostics v_removed = row_count;
  return v_removed;
end;
$$;
comment on function app.purge_idempotency_keys is 'Removes up to max_rows expired keys; returns how many.';
