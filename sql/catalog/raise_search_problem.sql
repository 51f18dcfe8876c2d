-- Problem 400 about one argument of a search.
create or replace function app.raise_search_problem(pointer text, code text, detail text)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform app.raise_problem(
    status => 400,
    type => 'invalid-input',
    detail => raise_search_problem.detail,
    errors => jsonb_build_array(jsonb_build_object(
      'pointer', raise_search_problem.pointer, 'code', raise_search_problem.code, 'detail', raise_search_problem.detail
    ))
  );
end;
$$;

comment on function app.raise_search_problem is 'Problem 400 about one argument of a search.';
