-- One entry of a problem's "errors": where, what kind, and a sentence.
create or replace function app.field_error(pointer text, code text, detail text)
returns jsonb
language sql
immutable
parallel safe
set search_path = ''
as $$
  select jsonb_build_object('pointer', field_error.pointer, 'code', field_error.code, 'detail', field_error.detail);
$$;

comment on function app.field_error(text, text, text) is 'One field error of a problem.';

grant execute on function app.field_error(text, text, text) to authenticated, service_role;
