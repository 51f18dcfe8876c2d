-- Holds the batches of the backfill to a size that locks nothing for long.
create or replace function app.require_batch_size(batch_size int)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if batch_size between 1 and 100000 is not true then
    perform app.raise_problem(
      400, 'invalid-input', 'The batch size must be a whole number from 1 to 100000.',
      jsonb '[{"pointer": "/batch_size", "code": "out_of_range", "detail": "must be from 1 to 100000"}]'
    );
  end if;
end;
$$;
comment on function app.require_batch_size is 'Problem 400 for a batch size outside 1 to 100000.';
