/** `npm run new:service`: the rooms of a new service, whole and green from the start. */
import { CommandError, readFlags, runCommand } from "./_cli/flags.ts";
import { abortOnSignals } from "./_cli/on_signals.ts";
import { root } from "./migrations/sources.ts";
import { requireGoodName } from "./new_service/name.ts";
import { makeRooms } from "./new_service/rooms.ts";

const help = `npm run new:service -- NAME

Makes a service that works: a table and a function under row level security, an edge function with a health check and a
guarded route, tests of both, its specification, and the entries in supabase/config.toml and supabase/migrations.
NAME is a folder, a URL and a table: 2 to 30 lower-case letters, digits and underscores, such as invoices.

  --help   this text`;

await runCommand(async () => {
  const { positionals } = readFlags({ help, options: {}, positionals: true });
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) throw new CommandError("Give one name; --help says which will do.", 2);
  await requireGoodName(root, name);

  const stopping = abortOnSignals("Stopped; nothing was made.");
  for (const path of await makeRooms(root, name, stopping)) console.log(path);
  console.log(`
It is served at /functions/v1/${name}. Next:
  npm test -- ${name}      its own tests
  npm run check
  docs/services/${name}.md    replace what stands in brackets`);
});
