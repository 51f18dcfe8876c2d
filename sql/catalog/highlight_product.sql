-- The searched fields of a product in which a word was found, as HTML with the words in <mark>.
create or replace function app.highlight_product(product jsonb, words text[], beginning text)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return jsonb_strip_nulls(jsonb_build_object(
    'name', app.highlight_text(product ->> 'name', words, beginning),
    'brand', app.highlight_text(product ->> 'brand', words, beginning),
    'short_description', app.highlight_text(product ->> 'short_description', words, beginning)
  ));
end;
$$;

comment on function app.highlight_product is 'The fields of a product with found words marked.';
