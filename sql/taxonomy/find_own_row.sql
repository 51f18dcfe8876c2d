-- A row of a table that holds platform rows and vendors' own, for changing it: problem 404 when the vendor cannot see
-- it,
-- 403 when it is the platform's. The row is locked.
create or replace function app.find_own_row(table_name text, id uuid, vendor_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_row jsonb;
begin
  execute format(
    'select to_jsonb(t) from public.%I as t where t.id = $1 and (t.vendor_id is null or t.vendor_id = $2)', table_name
  ) into v_row using find_own_row.id, find_own_row.vendor_id;
  if v_row is null then
    perform app.raise_problem(
      status => 404, type => 'not-found', detail => format('There is nothing with the id %s here.', id)
    );
  end if;
  if v_row ->> 'vendor_id' is null then
    perform app.raise_problem(
      status => 403,
      type => 'forbidden',
      detail => 'This belongs to the platform and is the same for every vendor; it cannot be changed.',
      hint => 'Create your own; where both fit, yours is taken.'
    );
  end if;
  execute format('select to_jsonb(t) from public.%I as t where t.id = $1 for update', table_name)
  into v_row using find_own_row.id;
  return v_row;
end;
$$;

comment on function app.find_own_row(text, uuid, uuid) is 'A vendor''s own row, locked; problem 404 or 403 otherwise.';

grant execute on function app.find_own_row(text, uuid, uuid) to authenticated, service_role;
