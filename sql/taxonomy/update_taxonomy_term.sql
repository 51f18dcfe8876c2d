-- Changes label, parent or active of the vendor's own term. The code stays what it is: products carry it.
create or replace function public.update_taxonomy_term(kind text, id uuid, patch jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_table text := app.taxonomy_table(kind);
  v_errors jsonb := app.body_errors(
    patch, '{"label": "string", "code": "string", "parent_id": "uuid?", "active": "boolean"}'
  );
  v_row jsonb;
begin
  v_row := app.find_own_row(v_table, update_taxonomy_term.id, v_vendor_id);
  if v_errors = '[]' and patch ->> 'code' <> v_row ->> 'code' then
    v_errors := jsonb_build_array(
      app.field_error('/code', 'read_only', 'cannot be changed; create another term and deactivate this one')
    );
  end if;
  perform app.refuse_field_errors(v_errors);
  execute format(
    'update public.%I as t
     set label = coalesce(btrim($2 ->> ''label''), t.label),
         parent_id = case when $2 ? ''parent_id'' then ($2 ->> ''parent_id'')::uuid else t.parent_id end,
         active = coalesce(($2 ->> ''active'')::boolean, t.active)
     where t.id = $1 and t.vendor_id = $3
     returning to_jsonb(t)', v_table
  ) into v_row using update_taxonomy_term.id, patch, v_vendor_id;
  return v_row;
end;
$$;

comment on function public.update_taxonomy_term(text, uuid, jsonb) is
  'Changes label, parent_id or active of the vendor''s own term.';

grant execute on function public.update_taxonomy_term(text, uuid, jsonb) to authenticated;
