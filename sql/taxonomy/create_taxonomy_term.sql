-- Adds a term of the vendor's own: {label, code?, parent_id?, active?}. Without a code it gets one from the label.
create or replace function public.create_taxonomy_term(kind text, term jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_table text := app.taxonomy_table(kind);
  v_errors jsonb := app.body_errors(
    term, '{"label": "string!", "code": "string", "parent_id": "uuid?", "active": "boolean"}'
  );
  v_code text := coalesce(term ->> 'code', left(app.slugify(term ->> 'label'), 64));
  v_row jsonb;
begin
  if v_errors = '[]' and v_code is null then
    v_errors := jsonb_build_array(
      app.field_error('/code', 'required', 'is required, since none can be made of the label')
    );
  elsif v_errors = '[]' and v_code !~ '^[a-z0-9][a-z0-9_]{0,63}$' then
    v_errors := jsonb_build_array(
      app.field_error('/code', 'invalid_format', 'must be lower case letters, digits and underscores, at most 64')
    );
  end if;
  perform app.refuse_field_errors(v_errors);
  execute format(
    'insert into public.%1$I as t (vendor_id, code, label, parent_id, active) values ($1, $2, $3, $4, $5)
     on conflict (vendor_id, code) do nothing
     returning to_jsonb(t)', v_table
  ) into v_row
  using v_vendor_id, v_code, btrim(term ->> 'label'), (term ->> 'parent_id')::uuid,
    coalesce((term ->> 'active')::boolean, true);
  if v_row is null then
    perform app.raise_problem(
      status => 409,
      type => 'already-exists',
      detail => format('You have a term with the code "%s" already.', v_code),
      errors => jsonb_build_array(app.field_error('/code', 'taken', 'is the code of another term')),
      hint => 'Change that term, or choose another code.'
    );
  end if;
  return v_row;
end;
$$;

comment on function public.create_taxonomy_term(text, jsonb) is
  'Adds a term of the vendor''s own: {label, code?, parent_id?, active?}.';

grant execute on function public.create_taxonomy_term(text, jsonb) to authenticated;
