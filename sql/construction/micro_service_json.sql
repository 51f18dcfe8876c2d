-- A service as clients see it.
create or replace function app.micro_service_json(service public.micro_services)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'id', service.id,
    'slug', service.slug,
    'name', service.name,
    'category', service.category,
    'subcategory', service.subcategory,
    'active', service.active
  );
end;
$$;
comment on function app.micro_service_json is 'A micro service as the API shows it.';
grant execute on function app.micro_service_json to authenticated, service_role;
