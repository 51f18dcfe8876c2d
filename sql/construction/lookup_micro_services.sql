-- The uuids of many slugs in one statement: one row for each known, active service asked for. What is not in the
-- answer has no uuid, and its jobs go by the slug alone.
create or replace function public.lookup_micro_services(slugs text[])
returns table (slug text, micro_uuid uuid, name text, category text, subcategory text)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  if cardinality(lookup_micro_services.slugs) > 1000 then
    perform app.raise_problem(
      400, 'invalid-input', 'Too many slugs at once.',
      jsonb '[{"pointer": "/slugs", "code": "too_big", "detail": "must be at most 1000 items"}]'
    );
  end if;
  return query
  select m.slug, m.id, m.name, m.category, m.subcategory
  from public.micro_services as m
  where m.slug = any (lookup_micro_services.slugs) and m.active;
end;
$$;
comment on function public.lookup_micro_services is
  'Slug, uuid and place of each of these services that is known and active; at most 1000 slugs.';
grant execute on function public.lookup_micro_services to authenticated, service_role;
