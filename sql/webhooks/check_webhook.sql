-- Refuses an endpoint that could not work: what is null is not checked. That a host name leads to a public address is
-- checked each time something is sent, since names can point elsewhere tomorrow.
create or replace function app.check_webhook(
  url text,
  events text[],
  description text default null,
  retries_max int default null,
  tolerance_sec int default null
)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb;
begin
  select jsonb_agg(app.field_error(f.pointer, f.code, f.detail)) into v_errors
  from (
    select '/url' as pointer, 'refused_url' as code, app.outbound_url_fault(check_webhook.url) as detail
    where app.outbound_url_fault(check_webhook.url) is not null
    union all
    select '/events', 'invalid_value', 'must name from 1 to 50 events'
    where cardinality(check_webhook.events) not between 1 and 50
    union all
    select format('/events/%s', e.place - 1), 'unknown_event', format('there is no event %s', left(e.code, 100))
    from unnest(check_webhook.events) with ordinality as e (code, place)
    where not exists (select from app.event_types as t where t.code = e.code and t.subscribable)
    union all
    select '/description', 'too_long', 'must have at most 500 characters'
    where length(check_webhook.description) > 500
    union all
    select '/retries_max', 'invalid_value', 'must be from 0 to 50'
    where check_webhook.retries_max not between 0 and 50
    union all
    select '/tolerance_sec', 'invalid_value', 'must be from 1 to 86400'
    where check_webhook.tolerance_sec not between 1 and 86400
  ) as f;
  perform app.refuse_field_errors(coalesce(v_errors, '[]'));
end;
$$;
comment on function app.check_webhook is 'Problem 400 naming the fields of an endpoint that are not valid.';
