-- Customers for whom a product is unsafe now and who had it in a match: the recall question, behind
-- public.affected_customers. Definer: it reads health data, which has no grants; it tells who and why, audits that it
-- was asked, and shows nothing else of a profile. Who withdrew the consent is still warned: by id and product, without
-- the reason, because that would tell of their health.
create or replace function app.affected_customers(product_id uuid, allergen text, cursor text, page_limit int)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
set plan_cache_mode = force_custom_plan
set jit = off
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_scope text;
  v_after jsonb;
  v_allergen text;
  v_rows jsonb;
  v_keys jsonb;
begin
  perform app.check_affected_input(v_vendor_id, affected_customers.product_id, affected_customers.allergen, page_limit);
  select m.canonical into v_allergen
  from app.match_tokens(v_vendor_id, 'allergen', array[affected_customers.allergen]) as m;
  v_scope := format('affected %s %s %s', v_vendor_id, affected_customers.product_id, v_allergen);
  if affected_customers.cursor is not null then
    v_after := app.decode_cursor(v_scope, affected_customers.cursor);
  end if;

  with hit as materialized (
    select a.*
    from app.find_affected(
      v_vendor_id, affected_customers.product_id, v_allergen, (v_after ->> 'c')::uuid, (v_after ->> 'p')::uuid,
      page_limit + 1
    ) as a
  ),
  page as (
    select h.*, row_number() over (order by h.customer_id, h.product_id) as place from hit as h
  )
  select
    coalesce(
      jsonb_agg(
        jsonb_build_object(
          'customer_id', p.customer_id,
          'external_id', c.external_id,
          'product_id', p.product_id,
          'last_matched_at', to_char(p.last_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          'allergens', case
            when app.has_consent(v_vendor_id, p.customer_id, 'health_data') then to_jsonb(p.allergens)
          end
        )
        order by p.place
      ) filter (where p.place <= page_limit),
      '[]'
    ),
    case when max(p.place) > page_limit then (
      select jsonb_build_object('c', l.customer_id, 'p', l.product_id) from page as l where l.place = page_limit
    ) end
  into v_rows, v_keys
  from page as p
  inner join public.customers as c on c.vendor_id = v_vendor_id and c.id = p.customer_id;

  perform app.write_audit(
    action => 'match.affected',
    entity => case when affected_customers.product_id is null then 'allergen' else 'product' end,
    entity_id => coalesce(affected_customers.product_id::text, v_allergen),
    after => jsonb_build_object('customers', jsonb_array_length(v_rows))
  );
  return jsonb_build_object('data', v_rows, 'next_cursor', app.encode_cursor(v_scope, v_keys));
end;
$$;

comment on function app.affected_customers is
  'Customers for whom a matched product is unsafe now; see public.affected_customers.';
grant execute on function app.affected_customers to authenticated;
