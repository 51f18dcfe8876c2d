-- A match from nothing: candidates, exact scores, counts. Writes only statistics, when they are too old.
create or replace function app.compute_matches(vendor_id uuid, inputs jsonb, k int)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_newest bigint;
  v_ids uuid[];
  v_excluded jsonb;
begin
  perform app.keep_match_statistics(compute_matches.vendor_id);
  -- Age is counted from the newest change of the catalogue, not from now: the same catalogue gives the same answer.
  v_newest := app.newest_product_change(compute_matches.vendor_id);
  -- More than k, because the fast score of the facts and the exact one can differ in the last digit.
  v_ids := app.find_candidates(
    compute_matches.vendor_id, inputs, v_newest, compute_matches.k, least(200, compute_matches.k + 10)
  );
  v_excluded := app.count_excluded(compute_matches.vendor_id, inputs);
  return jsonb_build_object(
    'results', app.score_products(compute_matches.vendor_id, inputs, v_newest, v_ids, compute_matches.k),
    'excluded', v_excluded
  );
end;
$$;

comment on function app.compute_matches is 'Results and counts of a match, computed.';
