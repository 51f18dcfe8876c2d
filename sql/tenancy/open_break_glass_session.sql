-- The session through which a superadmin may act in a vendor now, as it stands in claims; null when none is open.
create or replace function app.open_break_glass_session(user_id uuid, vendor_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return (
    select jsonb_build_object('id', s.id, 'justification', s.justification)
    from public.break_glass_sessions as s
    where s.user_id = open_break_glass_session.user_id
      and s.vendor_id = open_break_glass_session.vendor_id
      and s.closed_at is null
      and s.expires_at > clock_timestamp()
    order by s.expires_at desc
    limit 1
  );
end;
$$;
comment on function app.open_break_glass_session is
  'Claim break_glass {id, justification} of the open session, or null.';
