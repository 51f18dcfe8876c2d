-- Where a selection leads: the place of the service its last slug names, or the selection itself where that is none.
create or replace function app.wizard_path(slugs text[], out path text, out micro_id text, out micro_uuid uuid)
language plpgsql
stable
set search_path = ''
as $$
begin
  micro_id := wizard_path.slugs[cardinality(wizard_path.slugs)];
  path := array_to_string(wizard_path.slugs, '/');
  select m.id, concat_ws('/', m.category, m.subcategory, m.slug) into micro_uuid, path
  from public.micro_services as m
  where m.slug = wizard_path.micro_id and m.active;
  path := coalesce(path, array_to_string(wizard_path.slugs, '/'), '');
end;
$$;
comment on function app.wizard_path is 'Path, slug and uuid of the service that a selection of categories leads to.';
grant execute on function app.wizard_path to authenticated, service_role;
