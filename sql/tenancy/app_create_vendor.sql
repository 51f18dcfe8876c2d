-- Makes a vendor and its partitions. Definer, because it makes tables; superadmins and the service key only.
create or replace function app.create_vendor(code text, name text, settings jsonb default '{}')
returns public.vendors
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_errors jsonb;
  v_vendor public.vendors;
begin
  perform app.require_platform();
  select jsonb_agg(jsonb_build_object('pointer', e.pointer, 'code', 'invalid', 'detail', e.detail)) into v_errors
  from (
    values
      (
        '/code', '2 to 63 of a-z, 0-9, _ and -, beginning with a letter or digit.',
        create_vendor.code ~ '^[a-z0-9][a-z0-9_-]{1,62}$'
      ),
      ('/name', 'Not blank.', btrim(create_vendor.name) <> ''),
      ('/settings', 'A JSON object.', jsonb_typeof(create_vendor.settings) = 'object')
  ) as e (pointer, detail, holds)
  where e.holds is not true;
  if v_errors is not null then
    perform app.raise_problem(400, 'invalid-input', 'The vendor cannot be made from this.', v_errors);
  end if;
  perform app.check_vendor_settings(create_vendor.settings);

  insert into public.vendors (code, name, settings_json)
  values (create_vendor.code, btrim(create_vendor.name), create_vendor.settings)
  on conflict (code) do nothing
  returning * into v_vendor;
  if v_vendor.id is null then
    perform app.raise_problem(
      status => 409,
      type => 'vendor-exists',
      detail => format('There is a vendor with the code %s already.', create_vendor.code),
      errors => '[{"pointer": "/code", "code": "taken", "detail": "Another vendor has this code."}]',
      hint => 'Choose another code.'
    );
  end if;
  perform app.create_vendor_partitions(v_vendor.id);
  return v_vendor;
end;
$$;
comment on function app.create_vendor is 'Makes a vendor and its partitions; problems 400, 403 and 409 vendor-exists.';
grant execute on function app.create_vendor to authenticated, service_role;
