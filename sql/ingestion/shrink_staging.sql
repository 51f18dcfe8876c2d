-- Gives back the space of the staging tables once they have grown beyond `most_bytes` and stand empty. Every batch
-- fills them and takes its rows out again in one transaction, and only what vacuum has found is filled anew. Never
-- waits: a table somebody works with is left for the next time. A schedule calls it; returns how many it emptied.
create or replace function app.shrink_staging(most_bytes bigint default 64 * 1024 * 1024)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_table regclass;
  v_is_empty boolean;
  v_shrunk int := 0;
begin
  foreach v_table in array array['public.stg_products', 'public.stg_customers']::regclass[] loop
    continue when pg_table_size(v_table) <= shrink_staging.most_bytes;
    begin
      execute format('lock table %s in access exclusive mode nowait', v_table);
      execute format('select not exists (select from %s)', v_table) into v_is_empty;
      if v_is_empty then
        execute format('truncate %s', v_table);
        v_shrunk := v_shrunk + 1;
      end if;
    exception when lock_not_available then
      continue;
    end;
  end loop;
  return v_shrunk;
end;
$$;
comment on function app.shrink_staging is
  'Empties staging tables that hold nothing but the space of rows long merged; returns how many.';
