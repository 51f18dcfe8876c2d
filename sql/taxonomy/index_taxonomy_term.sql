-- Makes a term's code and label known to the value dictionary of its domain (the trigger's argument).
-- Security definer because tenants may not write app.synonym_index; it writes nothing but the row's own entries.
create or replace function app.index_taxonomy_term()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if tg_op <> 'INSERT' then
    delete from app.synonym_index as s where s.owner_id = old.id;
  end if;
  if tg_op <> 'DELETE' and new.active then
    insert into app.synonym_index (space, folded, owner_id, vendor_id, source, canonical)
    select 'value:' || tg_argv[0], f.folded, new.id, new.vendor_id, 'term', new.code
    from unnest(app.fold_tokens(array[new.code, new.label])) as f (folded);
  end if;
  return null;
end;
$$;

comment on function app.index_taxonomy_term() is 'Trigger: keeps a term''s code and label in app.synonym_index.';
