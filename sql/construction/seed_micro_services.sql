-- Brings the services up to the list of the seeds: new ones are added, names and places corrected. What the list no
-- longer names stays as it is. For migrations.
create or replace function app.seed_micro_services(services jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.micro_services as m (id, slug, name, category, subcategory)
  select app.micro_service_uuid(s.slug), s.slug, s.name, s.category, s.subcategory
  from jsonb_to_recordset(seed_micro_services.services) as s (slug text, name text, category text, subcategory text)
  on conflict (slug) do update
  set name = excluded.name, category = excluded.category, subcategory = excluded.subcategory
  where (m.name, m.category, m.subcategory) is distinct from (excluded.name, excluded.category, excluded.subcategory);
$$;
comment on function app.seed_micro_services is 'Adds or corrects micro services from a list; for migrations.';
