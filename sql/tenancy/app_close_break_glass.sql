-- Ends open break-glass sessions of the calling superadmin. Definer, because nobody may write the table.
create or replace function app.close_break_glass(id uuid)
returns int
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_session public.break_glass_sessions;
  v_closed int := 0;
begin
  if app.current_user_id() is null then
    perform app.require_platform();
  end if;
  for v_session in
    update public.break_glass_sessions as s
    set closed_at = clock_timestamp()
    where s.user_id = app.current_user_id()
      and s.closed_at is null
      and s.expires_at > clock_timestamp()
      and (close_break_glass.id is null or s.id = close_break_glass.id)
    returning s.*
  loop
    v_closed := v_closed + 1;
    perform app.write_audit(
      action => 'break_glass.closed',
      entity => 'break_glass_session',
      entity_id => v_session.id::text,
      justification => v_session.justification,
      vendor_id => v_session.vendor_id
    );
  end loop;
  if v_closed = 0 and close_break_glass.id is not null then
    perform app.raise_problem(404, 'not-found', 'You have no such open break-glass session.');
  end if;
  return v_closed;
end;
$$;
comment on function app.close_break_glass is
  'Ends one open session of the caller, or all; problem 404. Returns how many.';
grant execute on function app.close_break_glass to authenticated;
