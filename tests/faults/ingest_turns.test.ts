/** A giant file, a vendor with many files and one with a single small one, all waiting at once: who is served when. */
import { ok, strictEqual } from "node:assert";
import { createJob, followJob, upload } from "../end_to_end/ingest_client.ts";
import { connect, createPerson, type Person } from "../end_to_end/people.ts";
import { disturbedFile } from "./ingest_end_state.ts";

const file = (rows: number) =>
  new TextEncoder().encode("sku,name\n" + Array.from({ length: rows }, (_, i) => `k${i},Name ${i}\n`).join(""));

Deno.test("ingest: small files overtake a giant and another vendor's backlog", async () => {
  const sql = connect();
  try {
    const [giant, many, single] = await Promise.all(
      ["giant", "many", "single"].map((name) =>
        createPerson(`turns-${name}`, { role: "vendor_operator", vendor: `turns-${name}` })
      ),
    );
    const files = [
      { person: giant!, bytes: disturbedFile(40_000) },
      ...Array.from({ length: 10 }, () => ({ person: many!, bytes: file(20) })),
      { person: single!, bytes: file(20) },
    ];
    const jobs: { person: Person; bytes: Uint8Array; job: { job_id: string } }[] = [];
    for (const { person, bytes } of files) jobs.push({ person, bytes, job: await createJob(person) });
    // The files of suspended vendors wait, so that all of them begin together, in the order of their upload.
    const vendors = [giant!, many!, single!].map((person) => person.vendorId);
    await sql`update public.vendors set status = 'suspended', settings_json = '{"ingest": {"concurrency": 1}}'
      where id = any (${vendors}::uuid[])`;
    for (const { job, bytes } of jobs) await upload(job, bytes);
    await sql.begin((tx) => [
      tx`update public.vendors set status = 'active' where id = any (${vendors}::uuid[])`,
      tx`update pgmq.q_ingest as q set vt = clock_timestamp()
        where q.message ->> 'job_id' = any (${jobs.map(({ job }) => job.job_id)}::text[])`,
    ]);
    const ended = await Promise.all(jobs.map(({ person, job }) => followJob(person, job.job_id)));
    for (const job of ended) strictEqual(job.status, "completed");
    const at = ended.map((job) => Date.parse(job.finished_at));
    const [ofGiant, ofSingle] = [at[0]!, at.at(-1)!];
    const ofMany = at.slice(1, -1);
    ok(ofSingle < ofGiant, "the small file of another vendor is done before the giant");
    ok(ofMany.some((time) => time < ofGiant), "so is one of the many");
    ok(ofMany.filter((time) => time > ofSingle).length >= 5, "and the single file waited for few of the many");
  } finally {
    await sql.end();
  }
});
