-- Plan, barcodes and writing of a merge. What others do at the same time shows only while writing: then the write is
-- undone (it is a subtransaction) and planned anew on what they committed. Two rounds nearly always do; after some
-- more, barcodes whose owner would have to give them up first are refused instead of untangled.
create or replace function app.apply_checked_products(vendor_id uuid, job_id uuid, mode text, source text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  for v_round in 1 .. 20 loop
    perform app.plan_staged_products(apply_checked_products.vendor_id);
    perform app.refuse_taken_barcodes(
      apply_checked_products.vendor_id, apply_checked_products.mode, strict => v_round > 5
    );
    begin
      perform app.write_planned_products(apply_checked_products.vendor_id);
      perform app.claim_barcodes(apply_checked_products.vendor_id);
      perform app.write_product_details(
        apply_checked_products.vendor_id, apply_checked_products.job_id, apply_checked_products.source
      );
      return;
    exception when sqlstate 'OD001' or deadlock_detected then
      -- Let the other side finish, not in step with us.
      perform pg_sleep(0.01 * v_round * random());
    end;
  end loop;
  perform app.raise_problem(
    status => 409,
    type => 'concurrent-change',
    detail => 'Other writers kept changing the same products.',
    hint => 'Send the request again.'
  );
end;
$$;

comment on function app.apply_checked_products is 'Writes the rows of merge_rows, again when others came in between.';
