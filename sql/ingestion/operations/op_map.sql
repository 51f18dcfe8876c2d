-- Swaps words by a table, e.g. {"draft": "inactive", "1": "active"}; case, accents and blanks do not matter.
-- A word that is not in the table stays.
create or replace function app.op_map(value text, "values" jsonb)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return coalesce(
    (
      select m.value
      from jsonb_each_text("values") as m
      where app.fold_text(m.key) = app.fold_text(op_map.value)
      limit 1
    ),
    value
  );
end;
$$;

comment on function app.op_map(text, jsonb) is 'Swaps words by a table; others stay.';

grant execute on function app.op_map(text, jsonb) to authenticated, service_role;
