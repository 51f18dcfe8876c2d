-- Makes nothing of the words that stand for nothing: those given, or by default N/A, null, none, unknown, -, ?
-- and the errors a spreadsheet leaves (#N/A, #NAME?).
create or replace function app.op_null_if(value text, "values" jsonb default null)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if "values" is not null then
    if exists (
      select from jsonb_array_elements_text("values") as v (word) where app.fold_text(v.word) = app.fold_text(value)
    ) then
      return null;
    end if;
    return value;
  end if;
  if value ~* '^\s*(?:n\.?\s?/?a\.?|n\.?c\.?|null|nil|none|nan|undefined|unknown|inconnu|desconocido|unbekannt'
    '|non renseign[eé]|not available|-+|–|—|\?+|\.+|#(?:n/a|name\?|ref!|value!|div/0!|num!|null!))\s*$'
  then
    return null;
  end if;
  return value;
end;
$$;

comment on function app.op_null_if(text, jsonb) is 'Null for the words that stand for nothing.';

grant execute on function app.op_null_if(text, jsonb) to authenticated, service_role;
