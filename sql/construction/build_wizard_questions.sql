-- The wizard's questions for a selection of categories from the general to the particular, such as
-- {painting, interior, wall-painting}. Never refuses: what is null, empty or no slug is passed over, an unknown service
-- gets the questions of the levels above it and goes by its slug (fallback).
create or replace function public.build_wizard_questions(categories text[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_slugs text[];
  v_found record;
begin
  select array_agg(s.slug order by s.number) into v_slugs
  from (
    select app.to_construction_slug(c.category) as slug, c.number
    from unnest(build_wizard_questions.categories) with ordinality as c (category, number)
  ) as s
  where s.slug is not null;
  v_found := app.wizard_path(v_slugs);
  return jsonb_build_object(
    'questions', app.wizard_questions(v_found.path),
    'microId', v_found.micro_id,
    'microUuid', v_found.micro_uuid,
    'fallback', v_found.micro_uuid is null
  );
end;
$$;
comment on function public.build_wizard_questions is
  '{"questions", "microId", "microUuid", "fallback"} for a selection of construction categories.';
grant execute on function public.build_wizard_questions to authenticated, service_role;
