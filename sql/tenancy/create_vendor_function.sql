-- Makes a function of one vendor that names its part of a partitioned table, so that a connection plans its statement
-- once and keeps the plan: planning over 16 or 32 leaves takes 0.6 to 3 ms, running it often less. A plan kept for the
-- table itself would hold, and lock, the leaves of all vendors. In the statement %1$s is the vendor's part of the table
-- and %2$s its id. Only definers reach the schema.
create or replace function app.create_vendor_function(
  vendor_id uuid, table_name text, name text, arguments text, result text, plan text, statement text
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  -- enable_*: with one plan for all, the planner must not be led astray by a small or a not yet analysed table.
  settings constant text :=
    'set plan_cache_mode = force_generic_plan set jit = off set max_parallel_workers_per_gather = 0 '
    'set enable_seqscan = off';
  v_key constant text := replace(vendor_id::text, '-', '');
begin
  execute format(
    'create or replace function partitions.%I(%s) returns %s '
    'language plpgsql stable set search_path = '''' %s %s as %L',
    name || '_' || v_key, arguments, result, settings, plan,
    format(
      E'#variable_conflict use_variable\nbegin\n  return query\n%s;\nend;',
      format(statement, format('partitions.%I', table_name || '_' || v_key), format('%L::uuid', vendor_id))
    )
  );
  execute format(
    'comment on function partitions.%I is %L', name || '_' || v_key, 'Made by app.create_vendor_function: never edit.'
  );
end;
$$;

comment on function app.create_vendor_function is 'Makes a function over one vendor''s part of a partitioned table.';
