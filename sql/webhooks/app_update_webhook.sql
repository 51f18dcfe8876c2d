-- Changes an endpoint of the caller's vendor; keys of the patch that are absent stay. Enabling it again lets what
-- waited go at once and forgets its failures. Definer, because the table is closed to writers.
create or replace function app.update_webhook(id uuid, patch jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_endpoint public.webhook_endpoints := app.find_webhook(v_vendor_id, update_webhook.id);
  v_new public.webhook_endpoints;
  v_fields constant text[] := '{url, events, description, retries_max, tolerance_sec, ordered, enabled}';
  v_errors jsonb;
begin
  select jsonb_agg(app.field_error('/' || p.key, 'unrecognized_keys', 'is not a field that can change')) into v_errors
  from jsonb_object_keys(patch) as p (key)
  where p.key <> all (v_fields);
  perform app.refuse_field_errors(coalesce(v_errors, '[]'));
  begin
    v_new := jsonb_populate_record(v_endpoint, patch);
  exception when data_exception then
    perform app.raise_problem(400, 'invalid-input', 'A field of the webhook has the wrong type.');
  end;
  perform app.check_webhook(
    coalesce(v_new.url, ''), coalesce(v_new.events, '{}'), v_new.description, coalesce(v_new.retries_max, -1),
    coalesce(v_new.tolerance_sec, -1)
  );
  update public.webhook_endpoints as e
  set url = v_new.url,
      events = array(select distinct x from unnest(v_new.events) as x order by x),
      description = v_new.description,
      retries_max = v_new.retries_max,
      tolerance_sec = v_new.tolerance_sec,
      ordered = coalesce(v_new.ordered, e.ordered),
      enabled = coalesce(v_new.enabled, e.enabled),
      disabled_reason = case when not coalesce(v_new.enabled, e.enabled) then coalesce(e.disabled_reason, 'asked') end,
      disabled_at = case when not coalesce(v_new.enabled, e.enabled) then coalesce(e.disabled_at, now()) end,
      failing_since = case when v_new.enabled and not e.enabled then null else e.failing_since end,
      resume_at = case when v_new.enabled and not e.enabled then null else e.resume_at end
  where e.id = v_endpoint.id
  returning e.* into v_new;
  if v_new.enabled and not v_endpoint.enabled then
    update public.webhook_deliveries as d
    set next_attempt_at = now()
    from (
      select w.id
      from public.webhook_deliveries as w
      where w.id = any (
          array(
            select q.delivery_id
            from app.webhook_queue as q
            where q.endpoint_id = v_endpoint.id and q.next_attempt_at > now()
          )
        )
        and w.status in ('pending', 'retrying')
      order by w.id
      for no key update
    ) as waiting
    where d.id = waiting.id;
  end if;
  return app.webhook_json(v_new);
end;
$$;
comment on function app.update_webhook is 'Changes a webhook endpoint; problems 400, 403, 404.';
grant execute on function app.update_webhook to authenticated;
