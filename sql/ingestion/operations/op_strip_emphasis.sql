-- Takes out the marks that Open Food Facts puts around allergens in ingredients ("_milk_", "*organic*").
create or replace function app.op_strip_emphasis(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if strpos(value, '_') = 0 and strpos(value, '*') = 0 then
    return value;
  end if;
  return regexp_replace(
    regexp_replace(value, '(^|[^[:alnum:]_])_+([^_]+)_+(?![[:alnum:]])', '\1\2', 'g'),
    '(^|[^[:alnum:]*])\*\*?([^*]+)\*\*?(?![[:alnum:]])', '\1\2', 'g'
  );
end;
$$;

comment on function app.op_strip_emphasis(text) is 'Takes out _underscores_ and *stars* around words.';

grant execute on function app.op_strip_emphasis(text) to authenticated, service_role;
