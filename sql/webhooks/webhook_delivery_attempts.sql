-- All attempts that were made for a delivery: those of before, and the last one, which stands in the delivery itself.
create or replace function app.webhook_delivery_attempts(delivery public.webhook_deliveries)
returns setof public.webhook_attempts
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select a.* from public.webhook_attempts as a where a.delivery_id = delivery.id;
  if delivery.last_started_at is not null then
    return query
    select
      null::bigint, delivery.id, delivery.vendor_id, delivery.attempt, delivery.last_started_at,
      delivery.last_duration_ms, delivery.last_status_code, delivery.last_error, delivery.last_response_body;
  end if;
end;
$$;
comment on function app.webhook_delivery_attempts is 'The attempts of a delivery; the last one has no id.';
grant execute on function app.webhook_delivery_attempts to authenticated, service_role;
