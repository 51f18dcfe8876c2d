-- Plan and writing of a merge. What others do at the same time shows only while writing: then the write is undone (it
-- is a subtransaction) and planned anew on what they committed.
create or replace function app.apply_checked_customers(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  for v_round in 1 .. 20 loop
    perform app.plan_staged_customers(apply_checked_customers.vendor_id);
    begin
      perform app.write_planned_customers(apply_checked_customers.vendor_id);
      return;
    exception when sqlstate 'OD001' or deadlock_detected then
      perform pg_sleep(0.01 * v_round * random());
    end;
  end loop;
  perform app.raise_problem(
    status => 409,
    type => 'concurrent-change',
    detail => 'Other writers kept changing the same customers.',
    hint => 'Send the request again.'
  );
end;
$$;

comment on function app.apply_checked_customers is
  'Writes the rows of customer_rows, again when others came in between.';
