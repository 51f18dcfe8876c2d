-- People, as far as this database needs them: Appwrite keeps the identity, this row its shadow under a uuid of our
-- own (auth.uid() wants a uuid, and an Appwrite id is not one).
create table public.users (
  id uuid not null default gen_random_uuid(),
  appwrite_user_id text not null,
  email text,
  display_name text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint users_pkey primary key (id),
  constraint appwrite_user_id_is_unique unique (appwrite_user_id),
  constraint appwrite_user_id_is_not_blank check (btrim(appwrite_user_id) <> '')
);
comment on table public.users is
  'Shadows of Appwrite users. People read themselves; admins the people of their vendor.';
comment on column public.users.id is 'Our own id; the sub of access tokens.';
comment on column public.users.appwrite_user_id is 'The id of the user in Appwrite.';
comment on column public.users.email is 'Null where Appwrite knows none (telephone or anonymous sign-up).';
comment on column public.users.display_name is 'Null until the person has told one.';
comment on column public.users.created_at is 'When the person was first seen.';
comment on column public.users.updated_at is 'When email or name last changed.';

create trigger touch_updated_at_trigger
before update on public.users
for each row execute function app.touch_updated_at();

alter table public.users enable row level security;
alter table public.users force row level security;
create policy "people read themselves, admins the people of their vendor" on public.users
for select to authenticated
using (id = (select app.current_user_id()) or id = any ((select app.administered_user_ids())::uuid[]));
grant select on public.users to authenticated, service_role;
