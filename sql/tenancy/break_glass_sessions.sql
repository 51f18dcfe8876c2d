-- A superadmin's time-limited way into one vendor's data, with the reason written down before anything is seen. The
-- vendor's own admins can read that it happened. Only the closing time of a row ever changes.
create table public.break_glass_sessions (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  vendor_id uuid not null,
  justification text not null,
  opened_at timestamptz not null default now(),
  expires_at timestamptz not null,
  closed_at timestamptz,
  constraint break_glass_sessions_pkey primary key (id),
  constraint user_exists foreign key (user_id) references public.users (id) on delete restrict,
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint justification_is_a_sentence check (length(btrim(justification)) between 10 and 2000),
  constraint session_lasts_an_hour_at_most check (
    expires_at > opened_at and expires_at <= opened_at + interval '60 minutes'
  ),
  constraint closed_at_is_after_opened_at check (closed_at >= opened_at)
);
create index break_glass_sessions_user_id_idx on public.break_glass_sessions (user_id, vendor_id, expires_at);
create index break_glass_sessions_vendor_id_idx on public.break_glass_sessions (vendor_id, opened_at);
comment on table public.break_glass_sessions is
  'Break-glass sessions. Superadmins read all, a vendor''s admins those about their vendor.';
comment on column public.break_glass_sessions.id is 'Names the session; claims and audit rows carry it.';
comment on column public.break_glass_sessions.user_id is 'The superadmin.';
comment on column public.break_glass_sessions.vendor_id is 'The one vendor it opens.';
comment on column public.break_glass_sessions.justification is
  'Why; 10 to 2000 characters, repeated in every audit row.';
comment on column public.break_glass_sessions.opened_at is 'When it was opened.';
comment on column public.break_glass_sessions.expires_at is 'When it ends by itself, an hour later at most.';
comment on column public.break_glass_sessions.closed_at is 'When it was closed early; null otherwise.';

alter table public.break_glass_sessions enable row level security;
alter table public.break_glass_sessions force row level security;
create policy "superadmins read all sessions, admins those about their vendor" on public.break_glass_sessions
for select to authenticated
using (
  (select app.is_platform_admin())
  or (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_admin')))
);
grant select on public.break_glass_sessions to authenticated, service_role;
