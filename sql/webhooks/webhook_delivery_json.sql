-- A delivery as the API shows it, with its attempts, the latest first; their answers' bodies only on request.
create or replace function app.webhook_delivery_json(
  delivery public.webhook_deliveries,
  with_bodies boolean default false
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return to_jsonb(delivery)
    - '{vendor_id, sequence, next_attempt_at, last_response_body, last_started_at, last_duration_ms}'::text[]
    || jsonb_build_object(
      'next_attempt_at', case
        when delivery.status in ('pending', 'retrying') then to_jsonb(delivery.next_attempt_at)
      end,
      'attempts', coalesce(
        (
          select jsonb_agg(
            jsonb_build_object(
              'attempt', a.attempt, 'started_at', a.started_at, 'duration_ms', a.duration_ms,
              'status_code', a.status_code, 'error', a.error
            ) || case when with_bodies then jsonb_build_object('response_body', a.response_body) else '{}' end
            order by a.started_at desc, a.id desc
          )
          from (
            select x.* from app.webhook_delivery_attempts(delivery) as x order by x.started_at desc, x.id desc limit 50
          ) as a
        ),
        '[]'
      )
    );
end;
$$;
comment on function app.webhook_delivery_json is 'A delivery with up to 50 attempts, the latest first.';
grant execute on function app.webhook_delivery_json to authenticated, service_role;
