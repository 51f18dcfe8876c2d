-- Whether images is a list of {"url", "alt"} with urls that can be shown. Null counts as valid.
create or replace function app.images_are_valid(images jsonb)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if images is null then
    return true;
  end if;
  if jsonb_typeof(images) <> 'array' or jsonb_array_length(images) > 50 then
    return false;
  end if;
  return not exists (
    select
    from jsonb_array_elements(images) as i (image)
    where jsonb_typeof(i.image) <> 'object'
      or coalesce(i.image ->> 'url', '') !~ '^https?://[^[:space:]]+$'
      or length(i.image ->> 'url') > 2048
      or length(i.image ->> 'alt') > 500
  );
end;
$$;

comment on function app.images_are_valid is 'Whether a value is a list of at most 50 pictures with http(s) urls.';
