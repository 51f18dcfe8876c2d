-- Whether every place of the chain in a gap went with a month past its retention. Whoever may write that down may also
-- lie: a month younger than six years at the time was not retired, nor one that a checkpoint shows to be younger. (The
-- last rows of a month are sealed in the next; a month is more than enough for that.)
create or replace function app.seals_were_retired(first_seq bigint, last_seq bigint)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return int8multirange(int8range(seals_were_retired.first_seq, seals_were_retired.last_seq, '[]')) <@ (
    select coalesce(range_agg(int8range(m.first_seq, m.last_seq, '[]')), '{}')
    from app.audit_retired_months as m
    where right(m.part, 7) < to_char(least(m.retired_at, now()) at time zone 'utc' - interval '6 years', 'yyyy_mm')
      and not exists (
        select from app.audit_checkpoints as c
        where c.seq between m.first_seq and m.last_seq and c.created_at > now() - interval '5 years 11 months'
      )
  );
end;
$$;
comment on function app.seals_were_retired is 'True when retired months cover these places of the chain.';
