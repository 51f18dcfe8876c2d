-- The problem of a request that a limit refused, as data: raised, it would roll back the very count it is about.
create or replace function app.rate_limit_problem(refused_by text, limits jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_limit jsonb := jsonb_path_query_first(
    limits, '$[*] ? (@.name == $name)', jsonb_build_object('name', rate_limit_problem.refused_by)
  );
begin
  return jsonb_build_object(
    'status', 429,
    'type', 'rate-limited',
    'detail', format(
      'The limit of %s requests in %s seconds for %s is used up.',
      v_limit ->> 'quota',
      v_limit ->> 'window',
      case rate_limit_problem.refused_by
        when 'user' then 'you'
        when 'vendor' then 'your vendor'
        else 'ingestion by your vendor'
      end
    ),
    'hint', format('Send the request again in %s seconds.', v_limit ->> 'reset'),
    'retry_after', v_limit -> 'reset'
  );
end;
$$;
comment on function app.rate_limit_problem is 'Problem 429 rate-limited with retry_after, as data.';
