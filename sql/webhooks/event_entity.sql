-- What an event is about, as the key by which ordered endpoints get events one after another. Change sets of products
-- (and of customers) share one key: they may touch the same rows.
create or replace function app.event_entity(event_type text, data jsonb)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_noun text := split_part(event_entity.event_type, '.', 1);
begin
  return v_noun || coalesce(
    ':' || case v_noun
      when 'job' then data ->> 'job_id'
      when 'member' then data ->> 'member_id'
      when 'webhook' then data ->> 'webhook_id'
    end, ''
  );
end;
$$;
comment on function app.event_entity is 'The entity of an event: job:<id>, member:<id>, product, customer, ...';
