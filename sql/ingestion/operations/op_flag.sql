-- One word of a list from a column that says yes or no to it ("Contains milk": Y): the token where the cell says what
-- `when` asks for (yes, may, no), null otherwise. What is neither (a dash, "see label") says nothing.
create or replace function app.op_flag(value text, token text, "when" text default 'yes')
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_word constant text := app.fold_token(value);
  v_answer text;
begin
  v_answer := case
    when v_word ~ '^(?:may|might|possibl[ey]|traces?|cross|peut|eventuel|puede|trazas?|spuren|kann)\M'
      then 'may'
    when v_word ~ ('^(?:not|does not|do not|doesn t|no|none|non|ne|free|absent|absence|0|f|false|n|nein|keine?|off|'
      'sans|sin|ohne)\M')
      then 'no'
    when v_word in ('yes', 'y', '1', 't', 'true', 'x', 'on', 'oui', 'o', 'si', 's', 'ja', 'j', 'vrai',
      'wahr', 'verdadero', 'present', 'presence', 'contains', 'contain', 'contained', 'contient', 'contiene', 'enthalt',
      'enthalten', '+',
      'checked', 'certified', app.fold_token(token))
      or btrim(value) in ('✓', '✔', '✔️', '☑', '✅', '●', '•', '*', '√')
      then 'yes'
    when btrim(value) in ('✗', '✘', '❌', '☐') then 'no'
  end;
  return case when v_answer = "when" then token end;
end;
$$;

comment on function app.op_flag(text, text, text) is 'A word of a list from a column that says yes or no to it.';

grant execute on function app.op_flag(text, text, text) to authenticated, service_role;
