-- A header synonym names a field that exists and operations that can run; checked on every way in.
create or replace function app.check_header_synonym()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if not app.is_mapping_field(new.mode, new.canonical) then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => format('Mode %s has no field "%s".', new.mode, new.canonical),
      errors => jsonb_build_array(
        jsonb_build_object('pointer', '/canonical', 'code', 'unknown_field', 'detail', 'Not a field of this mode.')
      ),
      hint => 'docs/transform_operations.md lists the fields; nutrients are nutrition.<key> or nutrition_100g.<key>.'
    );
  end if;
  perform app.validate_operations(new.transform_ops);
  return new;
end;
$$;

comment on function app.check_header_synonym() is 'Trigger: the field and the transform operations exist.';
