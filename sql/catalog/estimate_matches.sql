-- About how many products match a search with its words in a section (anywhere, in_name, in_name_or_brand), as if words
-- and facets were independent. A wrong guess costs time, never a result.
create or replace function app.estimate_matches(search app.product_search, products double precision, section text)
returns double precision
language plpgsql
stable
set search_path = ''
as $$
declare
  -- Rarer lexemes are not kept.
  rarest constant double precision := products / 1000;
  v_vendor_id constant uuid := (search).vendor_id;
  v_share double precision;
begin
  select coalesce(exp(sum(ln(f.share))), 1) into v_share
  from (
    select least(1, greatest(n.count, rarest) / products)
    from unnest((search).words) as w (lexeme)
    cross join lateral (
      select sum(case section when 'in_name' then l.in_name when 'in_name_or_brand' then l.in_name_or_brand
        else l.anywhere end) as count
      from app.catalog_lexemes as l
      where l.vendor_id = v_vendor_id and l.lexeme = w.lexeme
    ) as n
    where w.lexeme is distinct from (search).beginning
    union all
    -- Each list holds the lexemes of which one will do.
    select least(1, greatest(sum(l.anywhere), rarest) / products)
    from unnest((search).any_of) with ordinality as a (lexemes, place)
    left join app.catalog_lexemes as l
      on l.vendor_id = v_vendor_id and l.lexeme = any (string_to_array(a.lexemes, E'\x1f'))
    group by a.place
    union all
    select greatest(0.001, 1 - coalesce(l.anywhere, 0) / products)
    from unnest((search).none_of) as n (lexeme)
    left join app.catalog_lexemes as l on l.vendor_id = v_vendor_id and l.lexeme = n.lexeme
  ) as f (share);
  if (search).beginning is not null then
    v_share := v_share * app.share_of_beginning(search, products, section);
  end if;
  return products * v_share;
end;
$$;

comment on function app.estimate_matches is 'Estimated number of products that match a search.';
