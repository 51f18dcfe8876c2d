-- The door to app.open_break_glass; it checks the caller itself. From then on the superadmin names the vendor with
-- X-Vendor-Id and counts as its admin until the session ends.
create or replace function public.open_break_glass(vendor_id uuid, justification text, minutes int default 30)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.open_break_glass(open_break_glass.vendor_id, open_break_glass.justification, open_break_glass.minutes);
$$;
comment on function public.open_break_glass is
  'Opens one vendor''s data to the calling superadmin, for a reason and at most 60 minutes; every request is audited.';
grant execute on function public.open_break_glass to authenticated;
