-- Changes name, status or settings of a vendor. Definer, because nobody may write vendors; superadmins and the service
-- key only.
create or replace function app.update_vendor(id uuid, name text, status text, settings jsonb, reason text)
returns jsonb
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
      ('/name', 'Not blank.', update_vendor.name is null or btrim(update_vendor.name) <> ''),
      (
        '/status', 'active or suspended.',
        update_vendor.status is null or update_vendor.status in ('active', 'suspended')
      )
  ) as e (pointer, detail, holds)
  where not e.holds;
  if v_errors is not null then
    perform app.raise_problem(400, 'invalid-input', 'The vendor cannot be changed like this.', v_errors);
  end if;
  if update_vendor.settings is not null then
    perform app.check_vendor_settings(update_vendor.settings);
  end if;
  perform set_config('app.justification', coalesce(update_vendor.reason, ''), true);
  update public.vendors as v
  set name = coalesce(btrim(update_vendor.name), v.name),
      status = coalesce(update_vendor.status, v.status),
      settings_json = coalesce(update_vendor.settings, v.settings_json)
  where v.id = update_vendor.id
  returning v.* into v_vendor;
  perform set_config('app.justification', '', true);
  if v_vendor.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such vendor.');
  end if;
  return to_jsonb(v_vendor);
end;
$$;
comment on function app.update_vendor is
  'Changes a vendor; problems 400, 403, 404. The reason goes into the audit log.';
grant execute on function app.update_vendor to authenticated, service_role;
