-- Matches of a customer, behind public.match_products. Definer: health data, facts and cache have no grants; role,
-- existence and consent are checked first, and every access is audited, without values. A cached answer is served while
-- its 15 minutes last, the catalogue's version is the same and nothing that went into it changed. Of several requests
-- that miss at once, one computes and the others wait for it.
create or replace function app.match_products(customer_id uuid, k int)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_version bigint;
  v_inputs jsonb;
  v_hash text;
  v_row public.matches_cache;
  v_matches jsonb;
  v_cached boolean := true;
begin
  if match_products.k is null or match_products.k not between 1 and 100 then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('/k', 'invalid_value', 'must be a whole number from 1 to 100'))
    );
  end if;
  perform app.require_customer(v_vendor_id, match_products.customer_id);
  perform app.require_health_consent(v_vendor_id, match_products.customer_id);
  select v.catalog_version into v_version from public.vendors as v where v.id = v_vendor_id;
  v_inputs := app.match_inputs(v_vendor_id, match_products.customer_id);
  if v_inputs is null then
    perform app.raise_problem(
      status => 409,
      type => 'no-health-profile',
      detail => 'The customer has no health profile, so nothing is known of what to avoid.',
      hint => 'Store one with PUT /v1/customers/:id/health.'
    );
  end if;
  v_hash := md5(v_inputs::text);
  v_row := app.find_cached_matches(v_vendor_id, match_products.customer_id, v_version, v_hash, match_products.k);
  if v_row.customer_id is null then
    perform pg_advisory_xact_lock(hashtextextended('matches ' || v_vendor_id || match_products.customer_id, 0));
    v_row := app.find_cached_matches(v_vendor_id, match_products.customer_id, v_version, v_hash, match_products.k);
  end if;
  if v_row.customer_id is null then
    v_cached := false;
    v_matches := app.compute_matches(v_vendor_id, v_inputs, match_products.k);
    v_row := app.store_matches(
      v_vendor_id, match_products.customer_id, v_version, v_hash, match_products.k, v_matches
    );
  end if;
  perform app.write_audit(
    action => 'match.read',
    entity => 'customer',
    entity_id => match_products.customer_id::text,
    after => jsonb_build_object('k', match_products.k, 'catalog_version', v_version, 'cached', v_cached)
  );
  return jsonb_build_object(
    'customer_id', match_products.customer_id,
    'catalog_version', v_version,
    'cached', v_cached,
    'generated_at', to_char(v_row.generated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'results', case
      when v_row.k = match_products.k then v_row.results
      else jsonb_path_query_array(
        v_row.results, '$[*] ? (@.rank <= $k)', jsonb_build_object('k', match_products.k)
      )
    end,
    'excluded', v_row.excluded
  );
end;
$$;

comment on function app.match_products is 'Matches of a customer; see public.match_products.';
grant execute on function app.match_products to authenticated;
