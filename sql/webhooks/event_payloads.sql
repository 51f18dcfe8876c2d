-- The bodies of the requests that tell of events: an envelope, and of the data the fields that app.event_types lets
-- out.
create or replace function app.event_payloads(events app.outbox[])
returns table (id bigint, payload jsonb)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select
    e.id,
    jsonb_build_object(
      'event_id', e.event_id,
      'event_type', e.event_type,
      'vendor_id', e.vendor_id,
      'occurred_at', to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'data', case
        -- Mostly nothing has to stay.
        when e.data - t.fields = '{}' then e.data
        else (
          select coalesce(jsonb_object_agg(d.key, d.value), '{}')
          from jsonb_each(e.data) as d
          where d.key = any (t.fields)
        )
      end
    )
  from unnest(event_payloads.events) as e
  left join app.event_types as t on t.code = e.event_type;
end;
$$;
comment on function app.event_payloads is
  'What endpoints are sent about events, by their ids: ids, counts and states, no personal data.';
