-- Stands for Supabase Vault, under its names: secrets, decrypted_secrets, create_secret, update_secret.
-- Leaves out: authenticated encryption with a key outside the database; here the key lies in a table that only
-- the platform's superuser can read.
create schema if not exists vault;
grant usage on schema vault to postgres, service_role;

create table vault.local_key (key bytea not null);
insert into vault.local_key values (extensions.gen_random_bytes(32));

create table vault.secrets (
  id uuid primary key default gen_random_uuid(),
  name text,
  description text not null default '',
  secret text not null,
  key_id uuid,
  nonce bytea default extensions.gen_random_bytes(16),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index secrets_name_idx on vault.secrets (name) where name is not null;

create function vault._crypt(value bytea, nonce bytea, encrypting boolean) returns bytea
language sql stable security definer set search_path = ''
as $$
  select case
    when encrypting then extensions.encrypt_iv(value, key, nonce, 'aes-cbc/pad:pkcs')
    else extensions.decrypt_iv(value, key, nonce, 'aes-cbc/pad:pkcs')
  end
  from vault.local_key
$$;
revoke execute on function vault._crypt(bytea, bytea, boolean) from public;

create view vault.decrypted_secrets as
select
  id, name, description, secret,
  convert_from(vault._crypt(decode(secret, 'base64'), nonce, false), 'utf8') as decrypted_secret,
  key_id, nonce, created_at, updated_at
from vault.secrets;

create function vault.create_secret(
  new_secret text, new_name text default null, new_description text default '', new_key_id uuid default null
) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_nonce bytea := extensions.gen_random_bytes(16);
  v_id uuid;
begin
  insert into vault.secrets (secret, name, description, nonce)
  values (encode(vault._crypt(convert_to(new_secret, 'utf8'), v_nonce, true), 'base64'), new_name, coalesce(new_description, ''), v_nonce)
  returning id into v_id;
  return v_id;
end $$;
revoke execute on function vault.create_secret(text, text, text, uuid) from public;

create function vault.update_secret(
  secret_id uuid, new_secret text default null, new_name text default null, new_description text default null, new_key_id uuid default null
) returns void
language sql security definer set search_path = ''
as $$
  update vault.secrets s
  set
    secret = case when new_secret is null then s.secret
      else encode(vault._crypt(convert_to(new_secret, 'utf8'), s.nonce, true), 'base64') end,
    name = coalesce(new_name, s.name),
    description = coalesce(new_description, s.description),
    updated_at = now()
  where s.id = secret_id
$$;
revoke execute on function vault.update_secret(uuid, text, text, text, uuid) from public;

grant select, references, delete, truncate on vault.secrets, vault.decrypted_secrets to postgres with grant option;
grant select, delete on vault.secrets, vault.decrypted_secrets to service_role;
grant execute on function vault._crypt(bytea, bytea, boolean) to postgres, service_role;
grant execute on function vault.create_secret(text, text, text, uuid) to postgres, service_role;
grant execute on function vault.update_secret(uuid, text, text, text, uuid) to postgres, service_role;
