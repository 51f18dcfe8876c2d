-- Whether a mapping of this mode may name this field.
create or replace function app.is_mapping_field(mode text, field text)
returns boolean
language sql
immutable
parallel safe
set search_path = ''
as $$
  select exists (
    select
    from app.mapping_fields(is_mapping_field.mode) as f
    where f.field = is_mapping_field.field
  );
$$;

comment on function app.is_mapping_field(text, text) is 'True for a field of app.mapping_fields(mode).';

grant execute on function app.is_mapping_field(text, text) to authenticated, service_role;
