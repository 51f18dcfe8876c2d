-- Refuses settings of a vendor that would have no effect or a wrong one. Unknown keys pass: other parts own them.
create or replace function app.check_vendor_settings(settings jsonb)
returns void
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_limits jsonb := settings -> 'rate_limits';
begin
  if jsonb_typeof(settings) is distinct from 'object' then
    perform app.raise_problem(
      400, 'invalid-input', 'The settings of a vendor are an object.',
      '[{"pointer": "/settings", "code": "invalid", "detail": "A JSON object."}]'
    );
  end if;
  if jsonb_typeof(v_limits) <> 'object' or exists (
    select from jsonb_each(case when jsonb_typeof(v_limits) = 'object' then v_limits end) as l
    where l.key not in ('user', 'vendor', 'ingest') or l.value::text !~ '^[1-9][0-9]{0,8}$'
  ) then
    perform app.raise_problem(
      400, 'invalid-input', 'The rate limits of the vendor are not valid.',
      '[{"pointer": "/settings/rate_limits", "code": "invalid",
        "detail": "An object of user, vendor and ingest, each a whole number from 1."}]'
    );
  end if;
end;
$$;
comment on function app.check_vendor_settings is
  'Problem 400 unless the settings are an object with sound rate limits.';
