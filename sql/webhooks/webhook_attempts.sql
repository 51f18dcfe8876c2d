-- Requests for a delivery that another has followed, and what came back; the last one stands in the delivery itself.
create table public.webhook_attempts (
  id bigint generated always as identity,
  delivery_id uuid not null,
  vendor_id uuid not null,
  attempt int not null,
  started_at timestamptz not null,
  duration_ms int not null,
  status_code int,
  error text,
  response_body text,
  constraint webhook_attempts_pkey primary key (delivery_id, id),
  constraint delivery_exists foreign key (delivery_id) references public.webhook_deliveries (id) on delete cascade,
  constraint response_body_is_kept_to_4_kib check (octet_length(response_body) <= 12288)
);
comment on table public.webhook_attempts is
  'Earlier requests for deliveries; the last one stands with the delivery. Admins of the vendor read them.';
comment on column public.webhook_attempts.id is 'Names the attempt; rises with time.';
comment on column public.webhook_attempts.delivery_id is 'The delivery it belongs to.';
comment on column public.webhook_attempts.vendor_id is 'Whose it is.';
comment on column public.webhook_attempts.attempt is 'The how-manieth it was since the delivery was last queued.';
comment on column public.webhook_attempts.started_at is 'When the request began.';
comment on column public.webhook_attempts.duration_ms is 'How long it took.';
comment on column public.webhook_attempts.status_code is 'HTTP status of the answer; null where none came.';
comment on column public.webhook_attempts.error is 'Why it failed; null for a success.';
comment on column public.webhook_attempts.response_body is 'The first 4 KiB of the answer''s body, as text.';

alter table public.webhook_attempts enable row level security;
alter table public.webhook_attempts force row level security;
create policy "admins read the attempts of their vendor" on public.webhook_attempts
for select to authenticated
using (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_admin')));
grant select on public.webhook_attempts to authenticated, service_role;
