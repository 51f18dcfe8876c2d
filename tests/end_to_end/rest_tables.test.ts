import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { type RestStand, withRest } from "./rest_stand.ts";

const setup = `
  create table public.rest_pets (
    id int primary key, name text not null, kind text, weight numeric(6, 2), tags text[], facts jsonb,
    born date, owner uuid, words tsvector generated always as (to_tsvector('simple', name)) stored
  );
  alter table public.rest_pets enable row level security;
  create policy "owners see their pets" on public.rest_pets to authenticated
    using (owner = (select auth.uid())) with check (owner = (select auth.uid()));
  grant select, insert, update, delete on public.rest_pets to authenticated, service_role;
  insert into public.rest_pets (id, name, kind, weight, tags, facts, born, owner) values
    (1, 'Rex the dog', 'dog', 20.50, '{loud,brown}', '{"legs": 4, "toys": ["ball"]}', '2020-01-02', '00000000-0000-4000-8000-000000000001'),
    (2, 'Tom', 'cat', 4.10, '{quiet}', '{"legs": 4}', '2021-05-06', '00000000-0000-4000-8000-000000000002'),
    (3, 'Fin, "the" (fish)', 'fish', null, '{}', null, null, null);`;
const cleanup = "drop table if exists public.rest_pets;";
const withPets = (run: (stand: RestStand) => Promise<void>) => withRest(setup, cleanup, run);

type Reply = { data: unknown; error: unknown; count?: number | null };

/** The ids of a reply, or its error's code. */
async function ids(reply: PromiseLike<Reply>): Promise<unknown> {
  const { data, error } = await reply;
  if (error) return (error as { code: string }).code;
  return (data as { id: number }[]).map(({ id }) => id).sort();
}

Deno.test("filters of supabase-js find the same rows as their SQL", async () => {
  await withPets(async ({ service }) => {
    const pets = () => service.from("rest_pets").select("id");
    const cases: [string, PromiseLike<Reply>, unknown][] = [
      ["eq", pets().eq("kind", "dog"), [1]],
      ["neq", pets().neq("kind", "dog"), [2, 3]],
      ["gt", pets().gt("weight", 4.1), [1]],
      ["lte", pets().lte("weight", 4.1), [2]],
      ["date", pets().gte("born", "2021-01-01"), [2]],
      ["like", pets().like("name", "%dog"), [1]],
      ["ilike", pets().ilike("name", "tO*"), [2]],
      ["likeAnyOf", pets().likeAnyOf("name", ["T%", "R%"]), [1, 2]],
      ["match regex", pets().filter("name", "match", "^T"), [2]],
      ["is null", pets().is("weight", null), [3]],
      ["not is null", pets().not("weight", "is", null), [1, 2]],
      ["in", pets().in("id", [1, 3, 9]), [1, 3]],
      ["in with quotes", pets().in("name", ['Fin, "the" (fish)', "Tom"]), [2, 3]],
      ["in nothing", pets().in("id", []), []],
      ["contains array", pets().contains("tags", ["loud"]), [1]],
      ["containedBy array", pets().containedBy("tags", ["quiet", "shy"]), [2, 3]],
      ["overlaps", pets().overlaps("tags", ["quiet", "brown"]), [1, 2]],
      ["contains json", pets().contains("facts", { legs: 4 }), [1, 2]],
      ["json path", pets().eq("facts->toys->>0", "ball"), [1]],
      ["textSearch", pets().textSearch("words", "rex & dog"), [1]],
      ["textSearch on text", pets().textSearch("name", "the dog", { type: "websearch", config: "english" }), [1]],
      ["or", pets().or("kind.eq.cat,and(weight.gt.10,tags.cs.{loud})"), [1, 2]],
      ["or with quotes", pets().or('name.eq."Fin, \\"the\\" (fish)",id.eq.2'), [2, 3]],
      ["not or", pets().or("not.and(kind.eq.dog,id.eq.1)"), [2, 3]],
      ["quote in value", pets().eq("name", `x'; drop table public.rest_pets; --`), []],
      ["unknown operator", pets().filter("id", "wat", "1"), "PGRST100"],
      ["bad value", pets().eq("id", "abc"), "22P02"],
      ["unknown column", pets().eq("no such", 1), "42703"],
    ];
    for (const [name, reply, expected] of cases) deepStrictEqual(await ids(reply), expected, name);
  });
});

Deno.test("select, order, range, count, single and maybeSingle shape the answer", async () => {
  await withPets(async ({ service, fetch }) => {
    const pets = service.from("rest_pets");
    const chosen = await pets.select("label:name,legs:facts->legs,toy:facts->toys->>0,weight::text").eq("id", 1)
      .single();
    deepStrictEqual(chosen.data, { label: "Rex the dog", legs: 4, toy: "ball", weight: "20.50" } as never);
    const ordered = await pets.select("id", { count: "exact" }).order("weight", { ascending: false, nullsFirst: false })
      .range(1, 2);
    deepStrictEqual([ordered.data, ordered.count, ordered.status], [[{ id: 2 }, { id: 3 }], 3, 206]);
    const head = await pets.select("*", { count: "exact", head: true }).gt("id", 1);
    deepStrictEqual([head.data, head.count, head.status], [null, 2, 200]);
    const none = await pets.select("id").eq("id", 99).single();
    deepStrictEqual([none.status, none.error?.code, none.error?.details], [
      406,
      "PGRST116",
      "The result contains 0 rows",
    ]);
    deepStrictEqual((await pets.select("id").eq("id", 99).maybeSingle()).data, null);
    strictEqual((await pets.select("id").maybeSingle()).error?.code, "PGRST116");
    deepStrictEqual((await pets.select("id,weight").eq("id", 3).stripNulls()).data, [{ id: 3 }] as never);
    const beyond = await pets.select("id", { count: "exact" }).range(10, 20);
    deepStrictEqual([beyond.status, beyond.error?.code], [416, "PGRST103"]);
    const ranged = await fetch("/rest_pets?select=id&order=id", { headers: { range: "0-1" } });
    deepStrictEqual([await ranged.json(), ranged.headers.get("content-range")], [[{ id: 1 }, { id: 2 }], "0-1/*"]);

    strictEqual((await service.from("rest_pet").select()).error?.code, "PGRST205");
    strictEqual((await pets.select("id,owners(name)")).error?.code, "PGRST200");
    strictEqual((await pets.select("count()")).error?.code, "PGRST123");
    strictEqual((await service.schema("vault").from("secrets").select()).error?.code, "PGRST106");
    strictEqual((await service.from("pg_class").select()).error?.code, "PGRST205");
  });
});

Deno.test("inserts, upserts, updates and deletes answer as PostgREST does", async () => {
  await withPets(async ({ service }) => {
    const pets = service.from("rest_pets");
    const added = await pets.insert({ id: 4, name: "Kim", tags: ["a,b", 'c"d'], facts: { a: [1, null] } }).select(
      "id,tags,facts",
    ).single();
    deepStrictEqual(added.data, { id: 4, tags: ["a,b", 'c"d'], facts: { a: [1, null] } } as never);
    strictEqual((await pets.insert([{ id: 5, name: "a" }, { id: 6, name: "b" }])).status, 201);
    strictEqual((await pets.insert([])).error, null);
    strictEqual((await pets.insert({ id: 4, name: "again" })).error?.code, "23505");
    strictEqual((await pets.insert({ id: 7 })).error?.code, "23502");
    strictEqual((await pets.insert({ id: 7, nam: "x" })).error?.code, "PGRST204");
    const upserted = await pets.upsert([{ id: 4, name: "Kim II" }, { id: 7, name: "new" }]).select("name");
    deepStrictEqual(upserted.data, [{ name: "Kim II" }, { name: "new" }] as never);
    const ignored = await pets.upsert({ id: 4, name: "no" }, { onConflict: "id", ignoreDuplicates: true }).select(
      "name",
    );
    deepStrictEqual(ignored.data, []);
    const updated = await pets.update({ weight: 1.5, tags: null }).in("id", [4, 5]).select("id,weight");
    deepStrictEqual(updated.data, [{ id: 4, weight: 1.5 }, { id: 5, weight: 1.5 }] as never);
    strictEqual((await pets.update({ name: "all" })).error?.code, "21000");
    strictEqual((await pets.update({ name: "one" }).gt("id", 3).select().single()).error?.code, "PGRST116");
    strictEqual((await pets.select("id").eq("name", "one")).data?.length, 0);
    const removed = await pets.delete({ count: "exact" }).gt("id", 3);
    deepStrictEqual([removed.status, removed.count], [204, 4]);
  });
});

Deno.test("role and claims come from the key or the token", async () => {
  await withPets(async ({ guest, as, fetch }) => {
    const anonymous = await guest.from("rest_pets").select();
    deepStrictEqual([anonymous.status, anonymous.error?.code], [401, "42501"]);
    const sub = "00000000-0000-4000-8000-000000000001";
    const member = as({ role: "authenticated", sub });
    deepStrictEqual(await ids(member.from("rest_pets").select()), [1]);
    const foreign = await member.from("rest_pets").insert({ id: 9, name: "x", owner: crypto.randomUUID() });
    deepStrictEqual([foreign.status, foreign.error?.code], [403, "42501"]);
    strictEqual((await as({ role: "postgres", sub }).from("rest_pets").select()).error?.code, "42501");

    const refusals: [Record<string, string>, number, string][] = [
      [{ authorization: "Bearer nonsense" }, 401, "PGRST301"],
      [{ authorization: `Bearer x.${btoa('{"exp":1}')}.x` }, 401, "PGRST303"],
      [{ apikey: "sb_secret_guessed" }, 401, "PGRST301"],
    ];
    for (const [headers, status, code] of refusals) {
      const response = await fetch("/rest_pets", { headers });
      deepStrictEqual([response.status, (await response.json()).code], [status, code]);
    }
    const withToken = await fetch("/rest_pets", { headers: { authorization: "Bearer nonsense" } });
    ok(withToken.headers.get("www-authenticate")?.startsWith("Bearer"));
    await withToken.body?.cancel();
  });
});
