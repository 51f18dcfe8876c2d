-- First step of a merge: the words of all lists, each distinct word looked up once, each distinct list translated once.
-- Unknown allergens become other:<word>, so that the evidence stays incomplete; other lists are open and take them as
-- codes. Joined allergens ("milk and eggs") are taken apart.
-- A list that says "none" becomes empty, one that says only "not stated" becomes null.
create or replace function app.translate_staged_lists(vendor_id uuid, batch_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into pg_temp.merge_lists (domain, raw)
  select distinct l.domain, l.raw
  from public.stg_products as s
  cross join lateral (
    values
      ('diet', s.dietary_tags),
      ('allergen', s.allergens),
      ('allergen', s.may_contain),
      ('free_from', s.free_from),
      ('certification', s.certifications)
  ) as l (domain, raw)
  where s.batch_id = translate_staged_lists.batch_id and l.raw is not null;

  with words as (
    select distinct l.domain, w.word
    from pg_temp.merge_lists as l
    cross join lateral unnest(l.raw) as w (word)
    where w.word ~ '[[:alnum:]]'
  ),
  known as (
    select d.domain, m.token as word, m.canonical
    from (select w.domain, array_agg(w.word) as words from words as w group by w.domain) as d
    cross join lateral app.match_tokens(translate_staged_lists.vendor_id, d.domain, d.words) as m
    where d.domain not in ('allergen', 'free_from')
    union all
    select 'allergen', m.token, m.canonical
    from app.match_compound_tokens(
      translate_staged_lists.vendor_id, 'allergen',
      (select array_agg(w.word) from words as w where w.domain = 'allergen')
    ) as m
    union all
    -- A promise holds only when all of it is understood: "nuts (but almonds)", "may contain milk" promise nothing.
    select
      'free_from', m.token,
      case
        when bool_and(m.canonical is not null) over (partition by m.token)
          and app.fold_text(m.token) !~ '\m(?:may|peut|puede|kann|puo|pode|kan|traces?|except|sauf|excepto|ausser)\M'
          then m.canonical
      end
    from app.match_compound_tokens(
      translate_staged_lists.vendor_id, 'allergen',
      (select array_agg(w.word) from words as w where w.domain = 'free_from')
    ) as m
  ),
  coded as (
    select
      k.domain,
      k.word,
      k.canonical,
      case
        when k.canonical is not null then k.canonical
        when k.domain in ('allergen', 'free_from') then 'other:' || app.token_code(k.word)
        else app.token_code(k.word)
      end as code
    from known as k
  ),
  translated as (
    select
      l.domain,
      l.raw,
      array_agg(distinct c.code order by c.code)
      filter (where c.canonical is null or c.canonical not in ('none', 'unspecified')) as codes,
      array_agg(distinct c.word order by c.word) filter (where c.canonical is null) as unknown,
      coalesce(bool_or(c.canonical = 'none'), false) as says_none,
      coalesce(bool_or(c.canonical = 'unspecified'), false) as says_unspecified
    from pg_temp.merge_lists as l
    cross join lateral unnest(l.raw) as w (word)
    inner join coded as c on c.domain = l.domain and c.word = w.word
    group by l.domain, l.raw
  )
  update pg_temp.merge_lists as l
  set codes = case when t.says_unspecified and not t.says_none then t.codes else coalesce(t.codes, '{}') end,
      unknown = t.unknown
  from translated as t
  where t.domain = l.domain and t.raw = l.raw;

  -- A list without a single word: an empty one says "none", one of punctuation says nothing.
  update pg_temp.merge_lists as l
  set codes = '{}'
  where l.codes is null and l.raw = '{}';
end;
$$;

comment on function app.translate_staged_lists is
  'Fills merge_lists: the distinct word lists of a batch and their codes.';
