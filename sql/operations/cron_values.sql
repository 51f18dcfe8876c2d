-- One field of a cron expression as the numbers it stands for: *, 5, 1-5, */10, 10-50/20 and lists of these.
create or replace function app.cron_values(field text, lowest int, highest int)
returns int[]
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_part text;
  v_found text[];
  v_first int;
  v_last int;
  v_step int;
  v_values int[] := '{}';
begin
  foreach v_part in array string_to_array(cron_values.field, ',') loop
    v_found := regexp_match(v_part, '^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:/(\d{1,2}))?$');
    v_first := coalesce(v_found[1]::int, lowest);
    v_last := case
      when v_found[2] is not null then v_found[2]::int
      when v_found[1] is null or v_found[3] is not null then highest
      else v_first
    end;
    v_step := coalesce(v_found[3]::int, 1);
    if v_found is null or v_first < lowest or v_last > highest or v_first > v_last or v_step = 0 then
      raise exception '% is no field of a cron expression from % to %', quote_literal(v_part), lowest, highest
        using errcode = 'invalid_parameter_value';
    end if;
    v_values := v_values || array(select n from generate_series(v_first, v_last, v_step) as n);
  end loop;
  return array(select distinct v from unnest(v_values) as v order by v);
end;
$$;
comment on function app.cron_values is 'The numbers that a field of a cron expression stands for, in order.';
