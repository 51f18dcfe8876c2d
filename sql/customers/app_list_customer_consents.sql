-- A customer's history of consents, behind public.list_customer_consents. Definer, because the table has no grants.
create or replace function app.list_customer_consents(
  customer_id uuid, consent_type text, cursor text, page_limit int
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_viewer');
  v_scope constant text := concat_ws(
    '/', v_vendor_id, 'consents', list_customer_consents.customer_id,
    app.fingerprint(to_jsonb(list_customer_consents.consent_type))
  );
  v_after jsonb;
  v_rows jsonb;
begin
  perform app.check_page_limit(page_limit);
  perform app.require_customer(v_vendor_id, list_customer_consents.customer_id);
  v_after := app.decode_cursor(v_scope, list_customer_consents.cursor);
  select coalesce(jsonb_agg(app.consent_json(page.c) order by (page.c).id desc), '[]') into v_rows
  from (
    select c
    from public.customer_consents as c
    where c.vendor_id = v_vendor_id and c.customer_id = list_customer_consents.customer_id
      and (list_customer_consents.consent_type is null or c.consent_type = list_customer_consents.consent_type)
      and (v_after is null or c.id < (v_after ->> 'id')::bigint)
    order by c.id desc
    limit page_limit + 1
  ) as page;
  return app.list_page(v_rows, page_limit, v_scope, array['id']);
end;
$$;

comment on function app.list_customer_consents is
  'A customer''s consents, latest first; see public.list_customer_consents.';
grant execute on function app.list_customer_consents to authenticated;
