-- Search and list behind public.search_customers. Definer, because under row level security the search index cannot be
-- used; so this function takes the vendor from the claims itself and names it in every query. Never from an argument.
create or replace function app.search_customers(
  q text, email text, tags_any text[], updated_after timestamptz, cursor text, page_limit int
)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_viewer');
  v_scope text;
  v_keys jsonb;
  v_place app.customer_place;
  v_places app.customer_place[];
  v_more boolean;
  v_data jsonb;
begin
  perform app.check_page_limit(page_limit);
  if length(q) > 200 or length(email) > 254 or cardinality(tags_any) > 50 then
    perform app.refuse_field_errors(jsonb_build_array(app.field_error(
      case when length(q) > 200 then '/q' when length(email) > 254 then '/email' else '/tags.any' end,
      'too_long', 'is too long: q has at most 200 characters, email 254, tags.any 50 entries'
    )));
  end if;
  if array_position(tags_any, null) is not null then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('/tags.any', 'invalid_type', 'must hold nothing but words'))
    );
  end if;
  v_scope := format('customers %s %s', v_vendor_id, app.fingerprint(jsonb_build_array(
    q, search_customers.email, tags_any, extract(epoch from search_customers.updated_after)
  )));
  v_keys := app.decode_cursor(v_scope, search_customers.cursor);
  if v_keys is not null then
    v_place := row((v_keys ->> 'u')::timestamptz, (v_keys ->> 'i')::uuid);
  end if;
  -- One more than the page tells whether there is another.
  v_places := app.find_customers(
    v_vendor_id, app.customer_query(q, search_customers.email, tags_any), search_customers.updated_after, v_place,
    page_limit + 1
  );
  v_more := cardinality(v_places) > page_limit;
  v_places := v_places[:page_limit];
  execute format(
    'select coalesce(jsonb_agg(f), ''[]'') from partitions.fetch_customers_%s($1) as f',
    replace(v_vendor_id::text, '-', '')
  )
  using array(select p.id from unnest(v_places) as p)
  into v_data;
  v_place := v_places[page_limit];
  return jsonb_build_object(
    'data', v_data,
    'next_cursor', case when v_more then
      app.encode_cursor(v_scope, jsonb_build_object('u', (v_place).updated_at, 'i', (v_place).id))
    end
  );
end;
$$;

comment on function app.search_customers is 'Searches the caller''s customers; see public.search_customers.';
grant execute on function app.search_customers to authenticated;
