-- Writes one version of a block; the same again changes nothing. A version that is there already with other questions
-- is a mistake: whoever changes questions counts the version up. For migrations.
create or replace function app.seed_question_block(
  key text,
  version int,
  applies_to text,
  "position" int,
  questions jsonb
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_known public.question_blocks;
begin
  select b.* into v_known
  from public.question_blocks as b
  where b.key = seed_question_block.key and b.version = seed_question_block.version;
  if v_known.key is null then
    insert into public.question_blocks (key, version, applies_to, position, questions)
    values (
      seed_question_block.key, seed_question_block.version, seed_question_block.applies_to,
      seed_question_block.position, seed_question_block.questions
    );
  elsif v_known.questions <> seed_question_block.questions
    or v_known.applies_to is distinct from seed_question_block.applies_to
  then
    raise exception 'version % of the question block % is there already and says something else',
      seed_question_block.version, seed_question_block.key
      using hint = 'Count the version of the block up.';
  end if;
end;
$$;
comment on function app.seed_question_block is 'Adds a version of a block of wizard questions; for migrations.';
