-- New terms get their bits. A term that changes its place in the tree changes what products with it are safe for: the
-- facts of the vendor (of every vendor, for a platform term) are written anew.
create or replace function app.keep_match_bits()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id uuid;
  v_is_alone boolean := false;
begin
  if tg_op = 'INSERT' then
    perform app.give_match_bit(tg_argv[0], new.code, new.vendor_id);
    v_is_alone := new.parent_id is null and not exists (
      select from app.match_bits as b where b.kind = tg_argv[0] and b.code = new.code and b.vendor_id is null
    );
  end if;
  if tg_op = 'INSERT' and new.vendor_id is null then
    -- Seeds: products that carried the word before could not name it.
    return null;
  end if;
  for v_vendor_id in
    select v.id from public.vendors as v
    where v.id = coalesce(new.vendor_id, old.vendor_id) or coalesce(new.vendor_id, old.vendor_id) is null
  loop
    -- A new term that stands below no other, and in the place of none, concerns the products that carry it and those
    -- of which too little is known. Any other change also concerns those above and below.
    perform app.rebuild_match_facts(
      v_vendor_id,
      case when v_is_alone and tg_argv[0] = 'allergen' then new.code end,
      case when v_is_alone and tg_argv[0] = 'tag' then new.code end
    );
    delete from public.matches_cache as c where c.vendor_id = v_vendor_id;
  end loop;
  return null;
end;
$$;

comment on function app.keep_match_bits is
  'Trigger: gives terms their bits and rewrites the facts that depend on them.';

create or replace trigger keep_match_bits_trigger
after insert or delete or update of parent_id, code on public.tax_allergens
for each row execute function app.keep_match_bits('allergen');

create or replace trigger keep_match_bits_trigger
after insert or delete or update of parent_id, code on public.tax_tags
for each row execute function app.keep_match_bits('tag');

select app.give_match_bit('allergen', t.code, t.vendor_id)
from (select a.code, a.vendor_id from public.tax_allergens as a order by a.vendor_id nulls first, a.code) as t;
select app.give_match_bit('tag', t.code, t.vendor_id)
from (select a.code, a.vendor_id from public.tax_tags as a order by a.vendor_id nulls first, a.code) as t;
