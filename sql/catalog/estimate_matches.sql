-- About how many of a vendor's products match words and facets, as if they were independent. A wrong guess costs time, never
-- a result. section: anywhere, in_name or in_name_or_brand, for the words; facets count anywhere.
--   words    all of them
--   any_of   lists, each joined by the unit separator: one of each list
--   none_of  none of them
create or replace function app.estimate_matches(
  vendor_id uuid,
  products double precision,
  section text,
  words text[],
  any_of text[],
  none_of text[]
)
returns double precision
language plpgsql
stable
set search_path = ''
as $$
declare
  v_share double precision := 1;
  v_count bigint;
  v_lexeme text;
  -- Rarer lexemes are not kept.
  rarest constant double precision := products / 1000;
begin
  foreach v_lexeme in array words loop
    select case section when 'in_name' then l.in_name when 'in_name_or_brand' then l.in_name_or_brand else l.anywhere end
    into v_count
    from app.catalog_lexemes as l
    where l.vendor_id = estimate_matches.vendor_id and l.lexeme = v_lexeme;
    v_share := v_share * least(1, greatest(coalesce(v_count, 0), rarest) / products);
  end loop;
  foreach v_lexeme in array none_of loop
    select l.anywhere into v_count
    from app.catalog_lexemes as l
    where l.vendor_id = estimate_matches.vendor_id and l.lexeme = v_lexeme;
    v_share := v_share * greatest(0.001, 1 - coalesce(v_count, 0) / products);
  end loop;
  foreach v_lexeme in array any_of loop
    select sum(l.anywhere) into v_count
    from app.catalog_lexemes as l
    where l.vendor_id = estimate_matches.vendor_id and l.lexeme = any (string_to_array(v_lexeme, E'\x1f'));
    v_share := v_share * least(1, greatest(coalesce(v_count, 0), rarest) / products);
  end loop;
  return products * v_share;
end;
$$;

comment on function app.estimate_matches is 'Estimated number of products that match words and facets.';
