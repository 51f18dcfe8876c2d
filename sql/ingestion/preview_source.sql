-- The rows of a preview as staging statements read them: `$4` is [{"row_no", "cells": [...]}], blank cells are null as
-- COPY makes them.
create or replace function app.preview_source(mapping jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select format(
    '(select (e.row ->> ''row_no'')::bigint as row_no, null::bigint as source_hash, %s'
    ' from jsonb_array_elements($4) as e (row))',
    string_agg(
      format('nullif(e.row -> ''cells'' ->> %s, '''') as c%s', (c ->> 'position')::int - 1, c ->> 'position'), ', '
    )
  )
  from jsonb_array_elements(preview_source.mapping -> 'columns') as c
  where c -> 'targets' <> '[]';
$$;
comment on function app.preview_source is 'Subquery over the rows of a preview with the columns a mapping reads.';
