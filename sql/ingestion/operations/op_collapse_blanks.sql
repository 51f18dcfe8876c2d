-- Makes one blank of each run of blanks, line ends and control characters, and none at the ends.
create or replace function app.op_collapse_blanks(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return btrim(regexp_replace(value, '[\s\u0001-\u001f\u007f\u00a0\u200b\u202f\u3000\ufeff]+', ' ', 'g'));
end;
$$;

comment on function app.op_collapse_blanks(text) is
  'One blank for each run of blanks, line ends and control characters; none at the ends.';

grant execute on function app.op_collapse_blanks(text) to authenticated, service_role;
