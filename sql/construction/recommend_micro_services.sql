-- The door to app.recommend_micro_services.
create or replace function public.recommend_micro_services(micro_id text, max_results int default 5)
returns table (slug text, micro_uuid uuid, name text, category text, subcategory text, owners bigint, reason text)
language sql
stable
set search_path = ''
as $$
  select r.*
  from app.recommend_micro_services(recommend_micro_services.micro_id, recommend_micro_services.max_results) as r;
$$;
comment on function public.recommend_micro_services is
  'Services that people who ordered this one also ordered, by the number of people; then its neighbours.';
grant execute on function public.recommend_micro_services to authenticated, service_role;
