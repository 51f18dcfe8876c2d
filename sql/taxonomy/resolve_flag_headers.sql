-- Columns that say yes or no to one allergen or diet each ("Contains Milk", "Tree nuts", "Gluten Free", "Vegan"): which
-- word of which list, by the vendor's dictionary. An allergen's column answers three lists: contains, may contain, and
-- where it says no, free from. Allergens without a word around them count only where three or more stand side by side:
-- a column "Milk" alone may be anything. Headers come folded.
create or replace function app.resolve_flag_headers(vendor_id uuid, headers text[])
returns table (folded text, canonical text, transform_ops jsonb, confidence numeric)
language sql
stable
set search_path = ''
as $$
  with taken as (
    select
      h.header,
      c.around is not null as is_marked,
      c.around ~ '^(?:may|traces?|peut|puede|trazas|kann|spuren)' as is_may,
      c.around ~ '^(?:free|no|without|sans|sin|ohne|libre|frei)|free$|frei$' as is_free,
      btrim(replace(' ' || h.header || ' ', ' ' || coalesce(c.around, '') || ' ', ' ')) as word
    from unnest(resolve_flag_headers.headers) as h (header)
    cross join lateral (
      select coalesce(
        substring(
          h.header from '^((?:may contain|peut contenir|puede contener|kann|traces?|trazas|spuren)'
          '(?: (?:traces? of|of|de|d|von))?) '
        ),
        substring(h.header from '^((?:free from|free of|no|without|sans|sin|ohne|libre de|frei von)) '),
        substring(h.header from ' (free|frei)$'),
        substring(
          h.header from '^((?:contains?|contient|contiene|enthalt|has|is|allergens?|allergenes?|alergenos?|allergy|'
          'allergie)) '
        ),
        substring(h.header from ' (allergens?|allergenes?|allergene|alergenos?|contained|present|yn|y n|enthalten)$')
      ) as around
    ) as c
  ),
  allergen as (
    select t.header, t.is_marked, t.is_may, t.is_free, m.canonical
    from taken as t
    join app.match_tokens(
      resolve_flag_headers.vendor_id, 'allergen', (select array_agg(distinct o.word) from taken as o)
    ) as m on m.token = t.word
    where m.canonical not in ('none', 'unspecified') and t.word <> ''
  ),
  flag (header, canonical, token, answer, confidence) as (
    select a.header, f.field, a.canonical, f.answer, case when a.is_marked then 0.85 else 0.7 end
    from allergen as a
    cross join (
      values ('allergens', 'yes'), ('may_contain', 'may'), ('free_from', 'no')
    ) as f (field, answer)
    where not coalesce(a.is_may, false) and not coalesce(a.is_free, false)
      and (a.is_marked or (select count(*) >= 3 from allergen as o where not o.is_marked))
    union all
    select a.header, 'may_contain', a.canonical, f.answer, 0.85
    from allergen as a cross join (values ('yes'), ('may')) as f (answer)
    where a.is_may
    union all
    select a.header, 'free_from', a.canonical, 'yes', 0.85 from allergen as a where a.is_free
    union all
    select t.header, 'dietary_tags', m.canonical, 'yes', 0.85
    from taken as t
    join app.match_tokens(
      resolve_flag_headers.vendor_id, 'diet',
      (select array_agg(regexp_replace(o.header, '^(?:is|certified) ', '')) from taken as o)
    ) as m on m.token = regexp_replace(t.header, '^(?:is|certified) ', '')
    where m.canonical not in ('none', 'unspecified')
  )
  select
    f.header,
    f.canonical,
    jsonb_build_array(jsonb_build_object('op', 'flag', 'token', f.token, 'when', f.answer)),
    f.confidence
  from flag as f;
$$;

comment on function app.resolve_flag_headers(uuid, text[]) is
  'Fields and operations of the columns of a file that each say yes or no to an allergen or a diet.';

grant execute on function app.resolve_flag_headers(uuid, text[]) to authenticated, service_role;
