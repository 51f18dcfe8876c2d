-- A service's uuid follows from its slug (version 5 under a namespace of our own), so every deployment, seed and test
-- agrees on it, and a slug can never come to mean something else. plpgsql: the check on every job calls it.
create or replace function app.micro_service_uuid(slug text)
returns uuid
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return extensions.uuid_generate_v5('6f1c2a54-9d0e-5b7a-8c43-2f0d5a7e9b16', slug);
end;
$$;
comment on function app.micro_service_uuid is 'The uuid that belongs to the slug of a micro service.';
grant execute on function app.micro_service_uuid to authenticated, service_role;
