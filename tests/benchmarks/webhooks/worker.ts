/**
 * A worker process of a compared system: `worker.ts NAME CONCURRENCY`, until it is killed. What its connections commit
 * does not wait for the disk, whichever system it is: ours has chosen so for what workers write, so all are given it.
 */
import postgres from "postgres";
import { settings } from "../../../functions/_shared/settings.ts";
import { makeSystems } from "./systems.ts";

const [name, concurrency] = Deno.args;
const dbUrl = `${settings().SUPABASE_DB_URL}?options=-c%20synchronous_commit%3Doff`;
const system = makeSystems(postgres(dbUrl, { max: 1, onnotice: () => {} }), dbUrl).find((one) => one.name === name);
if (!system) throw new Error(`there is no system ${name}`);
await system.work(Number(concurrency));
