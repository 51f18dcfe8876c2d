-- The wizard's questions as data: blocks that belong to everything, or to a place in the taxonomy. A change is a new
-- version; old ones stay, since jobs say which they answered. Seeded from functions/construction/catalogue, so that the
-- function can ask the same questions while the database is away.
create table public.question_blocks (
  key text not null,
  version int not null,
  applies_to text,
  position int not null,
  questions jsonb not null,
  created_at timestamptz not null default now(),
  constraint question_blocks_pkey primary key (key, version),
  constraint version_is_positive check (version > 0),
  constraint questions_are_a_list check (jsonb_typeof(questions) = 'array')
);
comment on table public.question_blocks is
  'Versioned blocks of wizard questions. Everybody signed in reads them; migrations write them.';
comment on column public.question_blocks.key is 'Names the block through all its versions.';
comment on column public.question_blocks.version is 'Counts up; the highest is asked.';
comment on column public.question_blocks.applies_to is
  'category, category/subcategory or category/subcategory/slug; null for every service.';
comment on column public.question_blocks.position is 'Lower ones are asked first.';
comment on column public.question_blocks.questions is
  'A list of {id, label, type, required, ...}; types single, multi, number, text, date, photos.';
comment on column public.question_blocks.created_at is 'When this version was written.';

create trigger refuse_change_trigger
before update or delete or truncate on public.question_blocks
for each statement execute function app.refuse_change();

alter table public.question_blocks enable row level security;
alter table public.question_blocks force row level security;
create policy "everybody signed in reads the questions" on public.question_blocks
for select to authenticated
using (true);
grant select on public.question_blocks to authenticated;
grant select, insert on public.question_blocks to service_role;
