-- The guarantee that search_tsv follows the values, whoever writes. The merge brings its own vector and is let pass.
create or replace function app.keep_customer_search_vector()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  new.search_tsv := app.customer_search_vector(new.full_name, new.email, new.custom_tags);
  return new;
end;
$$;

comment on function app.keep_customer_search_vector is
  'Trigger: computes search_tsv for a row that comes without a new one.';

create or replace trigger fill_search_vector_trigger
before insert on public.customers
for each row
when (new.search_tsv is null)
execute function app.keep_customer_search_vector();

create or replace trigger keep_search_vector_trigger
before update on public.customers
for each row
when (
  new.search_tsv is not distinct from old.search_tsv
  and (new.full_name, new.email, new.custom_tags) is distinct from (old.full_name, old.email, old.custom_tags)
)
execute function app.keep_customer_search_vector();
