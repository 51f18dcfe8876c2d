-- The values of a hash over the rows `r` of a job's table that come more than once. A select of its own, sorted: so
-- parallel workers share it, which no insert allows, and hash no group by group what mostly comes once.
create or replace function app.repeated_digests(table_name text, digest text)
returns bigint[]
language plpgsql
volatile
set search_path = ''
set enable_hashagg = off
as $$
declare
  v_repeated bigint[];
begin
  execute format(
    'select array_agg(x.digest) from (select %1$s as digest from %2$s as r group by 1 having count(*) > 1) as x '
    'where x.digest is not null',
    repeated_digests.digest, repeated_digests.table_name
  ) into v_repeated;
  return v_repeated;
end;
$$;
comment on function app.repeated_digests is 'Hashes that more than one row of a job has; null when there are none.';
