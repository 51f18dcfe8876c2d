/** A worker process of a compared system: `worker.ts NAME CONCURRENCY`, until it is killed. */
import postgres from "postgres";
import { settings } from "../../../functions/_shared/settings.ts";
import { makeSystems } from "./systems.ts";

const [name, concurrency] = Deno.args;
const dbUrl = settings().SUPABASE_DB_URL;
const system = makeSystems(postgres(dbUrl, { max: 1, onnotice: () => {} }), dbUrl).find((one) => one.name === name);
if (!system) throw new Error(`there is no system ${name}`);
await system.work(Number(concurrency));
