-- What GET /v1/customers/:id/consents and rpc('list_customer_consents') call.
create or replace function public.list_customer_consents(
  customer_id uuid, consent_type text default null, cursor text default null, page_limit int default 50
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.list_customer_consents(
    list_customer_consents.customer_id, list_customer_consents.consent_type, list_customer_consents.cursor,
    list_customer_consents.page_limit
  );
end;
$$;

comment on function public.list_customer_consents is
  'A customer''s history of consents, latest first, as {"data", "next_cursor"}.';
grant execute on function public.list_customer_consents to authenticated;
