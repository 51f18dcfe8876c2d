-- Opens a break-glass session of the calling superadmin. Definer, because nobody may write the table.
create or replace function app.open_break_glass(vendor_id uuid, justification text, minutes int)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_user_id uuid := app.current_user_id();
  v_errors jsonb;
  v_session public.break_glass_sessions;
begin
  if not app.is_platform_admin() then
    perform app.require_platform();
    perform app.raise_problem(403, 'insufficient-role', 'Break-glass is for a superadmin in person.');
  end if;
  select jsonb_agg(jsonb_build_object('pointer', e.pointer, 'code', 'invalid', 'detail', e.detail)) into v_errors
  from (
    values
      ('/justification', '10 to 2000 characters.', length(btrim(open_break_glass.justification)) between 10 and 2000),
      ('/minutes', '1 to 60.', open_break_glass.minutes between 1 and 60)
  ) as e (pointer, detail, holds)
  where e.holds is not true;
  if v_errors is not null then
    perform app.raise_problem(400, 'invalid-input', 'The session cannot be opened like this.', v_errors);
  end if;
  if not exists (select from public.vendors as v where v.id = open_break_glass.vendor_id) then
    perform app.raise_problem(404, 'not-found', 'There is no such vendor.');
  end if;

  insert into public.break_glass_sessions (user_id, vendor_id, justification, expires_at)
  values (
    v_user_id, open_break_glass.vendor_id, btrim(open_break_glass.justification),
    now() + make_interval(mins => open_break_glass.minutes)
  )
  returning * into v_session;
  perform app.write_audit(
    action => 'break_glass.opened',
    entity => 'break_glass_session',
    entity_id => v_session.id::text,
    after => jsonb_build_object('expires_at', v_session.expires_at),
    justification => v_session.justification,
    vendor_id => v_session.vendor_id
  );
  return to_jsonb(v_session);
end;
$$;
comment on function app.open_break_glass is 'Opens a break-glass session; problems 400, 403, 404.';
grant execute on function app.open_break_glass to authenticated;
