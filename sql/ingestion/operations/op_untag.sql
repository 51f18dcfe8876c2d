-- Words from an Open Food Facts tag: "en:plant-based-foods" -> "Plant based foods". Anything else stays.
create or replace function app.op_untag(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_words text;
begin
  if value !~ '^\s*[a-z]{2,3}:\S' then
    return value;
  end if;
  v_words := btrim(regexp_replace(regexp_replace(value, '^\s*[a-z]{2,3}:', ''), '[-_ ]+', ' ', 'g'));
  return upper(left(v_words, 1)) || substr(v_words, 2);
end;
$$;

comment on function app.op_untag(text) is 'Words from a tag like en:plant-based-foods.';

grant execute on function app.op_untag(text) to authenticated, service_role;
