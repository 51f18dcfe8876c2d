-- Refuses a page size outside 1 to 200.
create or replace function app.check_page_limit(page_limit int)
returns void
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if page_limit is null or page_limit not between 1 and 200 then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('/limit', 'invalid_value', 'must be from 1 to 200'))
    );
  end if;
end;
$$;

comment on function app.check_page_limit(int) is 'Problem 400 unless the page size is from 1 to 200.';

grant execute on function app.check_page_limit(int) to authenticated, service_role;
