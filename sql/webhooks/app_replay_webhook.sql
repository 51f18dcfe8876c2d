-- Sends the events of a time range to an endpoint: those it missed while it was disabled or had not asked for them yet,
-- and, unless only those are wanted, those it was sent before. Definer, because outbox and queue are closed to clients.
create or replace function app.replay_webhook(
  id uuid,
  since timestamptz,
  until timestamptz,
  events text[],
  missed_only boolean
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  most_events constant int := 10000;
  v_endpoint public.webhook_endpoints := app.find_webhook(app.require_vendor('vendor_admin'), replay_webhook.id);
  v_until constant timestamptz := coalesce(replay_webhook.until, now());
  v_events app.outbox[];
  v_again uuid[];
  v_missed int;
begin
  if replay_webhook.since is null or replay_webhook.since >= v_until then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('/since', 'invalid_value', 'must be a time before until'))
    );
  end if;
  perform app.check_webhook(null, replay_webhook.events);
  if not v_endpoint.enabled then
    perform app.raise_problem(
      status => 409, type => 'conflict', detail => 'The webhook is disabled.', hint => 'Enable it first.'
    );
  end if;
  perform app.lock_webhook_queue();
  select array_agg(x.o order by (x.o).id) into v_events
  from (
    select o
    from app.outbox as o
    where o.vendor_id = v_endpoint.vendor_id
      and o.occurred_at >= replay_webhook.since
      and o.occurred_at < v_until
      and not exists (
        select from app.outbox_queue as q where q.vendor_id = o.vendor_id and q.outbox_id = o.id
      )
      and o.event_type = any (v_endpoint.events)
      and (replay_webhook.events is null or o.event_type = any (replay_webhook.events))
    order by o.occurred_at, o.id
    limit most_events + 1
  ) as x;
  if cardinality(v_events) > most_events then
    perform app.refuse_field_errors(
      jsonb_build_array(
        app.field_error('/since', 'too_many', format('more than %s events; ask for less', most_events))
      )
    );
  end if;
  with told as (
    select o, d.id, d.status
    from unnest(v_events) as o
    left join public.webhook_deliveries as d on d.id = extensions.uuid_generate_v5(v_endpoint.id, o.event_id::text)
  )
  select
    array_agg(t.o) filter (where t.id is null),
    array_agg(t.id) filter (where t.status in ('delivered', 'dead') and replay_webhook.missed_only is not true)
  into v_events, v_again
  from told as t;
  v_missed := app.queue_deliveries(v_events, array[v_endpoint.id]);
  return jsonb_build_object(
    'queued', v_missed + app.requeue_deliveries(v_again), 'missed', v_missed, 'again', coalesce(cardinality(v_again), 0)
  );
end;
$$;
comment on function app.replay_webhook is
  'Queues the events of a time range for an endpoint; problems 400, 403, 404, 409.';
grant execute on function app.replay_webhook to authenticated;
