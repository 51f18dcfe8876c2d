-- Takes from all limits of a request, or from none: the numbers of each, and the name of the one that refused.
-- Always in the order user, ingest, vendor, so that no two requests wait for each other in a ring; the row that most
-- requests share comes last and is held shortest. A subject that is null has no such limit.
create or replace function app.take_rate_limits(
  user_subject text,
  vendor_id uuid,
  is_ingest boolean,
  overrides jsonb,
  at timestamptz,
  out limits jsonb,
  out refused_by text
)
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_policy record;
  v_taken record;
begin
  limits := '[]';
  for v_policy in
    select p.name, p.window_seconds, s.subject,
      app.rate_limit_quota(p.name, take_rate_limits.overrides, p.quota) as quota
    from (
      values
        (1, 'user', take_rate_limits.user_subject),
        (2, 'ingest', case when take_rate_limits.is_ingest then take_rate_limits.vendor_id::text end),
        (3, 'vendor', take_rate_limits.vendor_id::text)
    ) as s (place, name, subject)
    join app.rate_limit_policies as p on p.name = s.name
    where s.subject is not null
    order by s.place
  loop
    v_taken := app.take_rate_limit(
      v_policy.name, v_policy.subject, v_policy.quota, v_policy.window_seconds, take_rate_limits.at
    );
    limits := limits || jsonb_build_object(
      'name', v_policy.name,
      'quota', v_policy.quota,
      'window', v_policy.window_seconds,
      'remaining', v_taken.remaining,
      'reset', v_taken.reset_seconds
    );
    if not v_taken.allowed then
      refused_by := v_policy.name;
      exit;
    end if;
  end loop;

  if refused_by in ('ingest', 'vendor') then
    perform app.return_rate_limit('user', take_rate_limits.user_subject);
    limits := jsonb_set(limits, '{0,remaining}', to_jsonb((limits #>> '{0,remaining}')::int + 1));
  end if;
  if refused_by = 'vendor' and take_rate_limits.is_ingest then
    perform app.return_rate_limit('ingest', take_rate_limits.vendor_id::text);
    limits := jsonb_set(limits, '{1,remaining}', to_jsonb((limits #>> '{1,remaining}')::int + 1));
  end if;
end;
$$;
comment on function app.take_rate_limits is
  'Counts one request against user, ingest and vendor: [{name, quota, window, remaining, reset}], and which refused.';
