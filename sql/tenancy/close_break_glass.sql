-- The door to app.close_break_glass.
create or replace function public.close_break_glass(id uuid default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select jsonb_build_object('closed', app.close_break_glass(close_break_glass.id));
$$;
comment on function public.close_break_glass is
  'Ends the caller''s open break-glass session with this id, or all of theirs: {"closed": n}.';
grant execute on function public.close_break_glass to authenticated;
