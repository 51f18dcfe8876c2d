-- The other side of a foreign key that products do not have: a term in use cannot be removed. Found through the search
-- index, where references are facets; the merge holds a lock on the terms it is about to use.
-- Definer, because a term of the platform may be used by any vendor.
create or replace function app.refuse_removal_of_used_term()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_used boolean;
begin
  if old.vendor_id is null then
    select exists (
      select from public.products as p where p.search_tsv @@ app.lexeme_query(array[tg_argv[0] || old.id])
    ) into v_used;
  else
    -- A vendor that goes takes its terms along.
    select exists (
      select
      from public.products as p
      where p.vendor_id = (select v.id from public.vendors as v where v.id = old.vendor_id)
        and p.search_tsv @@ app.lexeme_query(array[tg_argv[0] || old.id])
    ) into v_used;
  end if;
  if v_used then
    perform app.raise_problem(
      status => 409,
      type => 'in-use',
      detail => format('Products refer to %s.', old.code),
      hint => 'Set active to false instead: new data can then no longer use it.'
    );
  end if;
  return old;
end;
$$;

comment on function app.refuse_removal_of_used_term is
  'Trigger: a taxonomy term that products refer to cannot be removed.';

create or replace trigger refuse_removal_of_used_term_trigger
before delete on public.tax_categories
for each row execute function app.refuse_removal_of_used_term('c=');

create or replace trigger refuse_removal_of_used_term_trigger
before delete on public.tax_cuisines
for each row execute function app.refuse_removal_of_used_term('u=');

create or replace trigger refuse_removal_of_used_term_trigger
before delete on public.tax_markets
for each row execute function app.refuse_removal_of_used_term('m=');
