-- Whether every place of the chain in a gap went with a month past its retention.
create or replace function app.seals_were_retired(first_seq bigint, last_seq bigint)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return int8multirange(int8range(seals_were_retired.first_seq, seals_were_retired.last_seq, '[]')) <@ (
    select coalesce(range_agg(int8range(m.first_seq, m.last_seq, '[]')), '{}') from app.audit_retired_months as m
  );
end;
$$;
comment on function app.seals_were_retired is 'True when retired months cover these places of the chain.';
