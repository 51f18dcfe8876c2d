/** `npm run client`: the types of the API for a typed client, made from the same document that the API serves. */
import { dirname, resolve } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import { createApi } from "../functions/api/app.ts";
import { CommandError, readFlags, runCommand } from "./_cli/flags.ts";

const help = `npm run client [-- FLAGS]

Writes the API's types for openapi-fetch. docs/examples/client.ts shows a client; no stack needs to run.

  --out FILE   where to (.odyssey/client/odyssey.d.ts)
  --help       this text`;

/** The document names the deployment it comes from; types have no use for it, so any will do. */
const nowhere = {
  SUPABASE_URL: "https://project.supabase.co",
  SUPABASE_DB_URL: "postgresql://localhost/postgres",
  APPWRITE_ENDPOINT: "https://appwrite.example.com/v1",
  APPWRITE_PROJECT_ID: "project",
  ODYSSEY_LOG_LEVEL: "silent",
};

await runCommand(async () => {
  const { values } = readFlags({ help, options: { out: { type: "string", default: ".odyssey/client/odyssey.d.ts" } } });
  for (const [name, value] of Object.entries(nowhere)) Deno.env.set(name, value);
  const response = await createApi().fetch(new Request("http://localhost/api/openapi.json"));
  const types = astToString(await openapiTS(await response.json()));
  const out = resolve(values.out);
  await Deno.mkdir(dirname(out), { recursive: true });
  await Deno.writeTextFile(out, `// Made by npm run client from the API's OpenAPI document. Do not edit.\n${types}`)
    .catch((error) => {
      throw new CommandError(`Cannot write ${out}: ${error.message}`);
    });
  console.log(out);
});
