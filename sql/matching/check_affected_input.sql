-- Refuses a question about affected customers that names nothing, or what nobody knows.
create or replace function app.check_affected_input(vendor_id uuid, product_id uuid, allergen text, page_limit int)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform app.check_page_limit(check_affected_input.page_limit);
  if check_affected_input.product_id is null and check_affected_input.allergen is null then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('', 'required', 'must name a product_id, an allergen or both'))
    );
  end if;
  if check_affected_input.product_id is not null and not exists (
    select from public.products as p
    where p.vendor_id = check_affected_input.vendor_id and p.id = check_affected_input.product_id
  ) then
    perform app.raise_product_not_found();
  end if;
  if check_affected_input.allergen is not null and not exists (
    select
    from app.match_tokens(check_affected_input.vendor_id, 'allergen', array[check_affected_input.allergen]) as m
    where m.canonical is not null
  ) then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('/allergen', 'unknown_allergen', 'is no allergen that is known here'))
    );
  end if;
end;
$$;

comment on function app.check_affected_input is 'Problem 400 or 404 for a question about affected customers.';
