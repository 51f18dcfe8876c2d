-- The table behind a customer's list: allow or deny. Problem 404 for any other word, which is part of a path.
create or replace function app.customer_list_table(list text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  if list is null or list not in ('allow', 'deny') then
    perform app.raise_problem(
      status => 404, type => 'not-found', detail => 'A customer has the lists allow and deny.'
    );
  end if;
  return case list when 'allow' then 'customer_whitelists' else 'customer_blacklists' end;
end;
$$;

comment on function app.customer_list_table is 'Table of the list allow or deny.';
