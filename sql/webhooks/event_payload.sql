-- The body of the request that tells of an event: its envelope, and of its data the fields that event_types lets out.
create or replace function app.event_payload(event app.outbox)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'event_id', event.event_id,
    'event_type', event.event_type,
    'vendor_id', event.vendor_id,
    'occurred_at', to_char(event.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'data', (
      select coalesce(jsonb_object_agg(d.key, d.value), '{}')
      from app.event_types as t
      cross join lateral jsonb_each(event.data) as d
      where t.code = event.event_type and d.key = any (t.fields)
    )
  );
end;
$$;
comment on function app.event_payload is
  'What endpoints are sent about an event: ids, counts and states, no personal data.';
