-- Keeps app.synonym_index in step with a row of synonyms_header or synonyms_value and refuses a synonym that already
-- means something else in the same scope, naming it. Security definer because tenants may not write the index
-- themselves; it touches the entries of this row only, and the row has passed its own policies before.
create or replace function app.index_synonyms()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_space text;
  v_taken record;
begin
  if tg_op <> 'INSERT' then
    delete from app.synonym_index as s where s.owner_id = old.id;
  end if;
  if tg_op = 'DELETE' then
    return null;
  end if;
  v_space := case tg_argv[0]
    when 'header' then 'header:' || (to_jsonb(new) ->> 'mode')
    else 'value:' || (to_jsonb(new) ->> 'domain')
  end;
  select s.folded, s.canonical into v_taken
  from app.synonym_index as s
  where s.space = v_space
    and s.folded = any(new.folded)
    and s.vendor_id is not distinct from new.vendor_id
    and s.source = 'synonym'
  order by s.folded
  limit 1;
  if found then
    perform app.raise_problem(
      status => 409,
      type => 'synonym-taken',
      detail => format('"%s" already stands for "%s".', v_taken.folded, v_taken.canonical),
      errors => jsonb_build_array(
        jsonb_build_object(
          'pointer', '/synonyms', 'code', 'taken',
          'detail', format('"%s" already stands for "%s".', v_taken.folded, v_taken.canonical)
        )
      ),
      hint => 'Take it out of the other synonym first.'
    );
  end if;
  insert into app.synonym_index (space, folded, owner_id, vendor_id, source, canonical)
  select v_space, f.folded, new.id, new.vendor_id, 'synonym', new.canonical
  from unnest(new.folded) as f (folded);
  return null;
end;
$$;

comment on function app.index_synonyms() is 'Trigger: keeps app.synonym_index; a synonym has one meaning in a scope.';
