import { z } from "@hono/zod-openapi";
import { callContext } from "../_shared/call_context.ts";
import { type Claims, database } from "../_shared/database.ts";
import { countRows, type HttpContext } from "../_shared/http/context.ts";
import { id, idParams } from "../_shared/http/fields.ts";
import { json, jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { invalid } from "../_shared/http/validation.ts";
import { callAs, rpc } from "../_shared/rpc.ts";
import { settings } from "../_shared/settings.ts";
import { authAdmin } from "../_shared/synthetic/auth_admin.ts";
import { deleteGenerated } from "../_shared/synthetic/delete_generated.ts";
import { AuthUnavailable, generateChunk } from "../_shared/synthetic/generate_chunk.ts";
import { generationDeps } from "../_shared/synthetic/generation_deps.ts";
import type { Credentials, GenerationParams, GenerationRun } from "../_shared/synthetic/generation_run.ts";
import { logChunk } from "../_shared/synthetic/log_run.ts";
import * as schemas from "./synthetic_schemas.ts";

const access = "superadmin" as const;
const tag = "Synthetic data";
const deleteBudgetMs = 20_000;
const deleteBatch = 200;

/** Synthetic patients, therapists and check-ins, for the superadmins of the platform. */
export function registerSynthetic(service: Service): void {
  service.route({
    method: "post",
    path: "/admin/generate-data",
    operationId: "generateData",
    summary: "Make synthetic patients, therapists and check-ins",
    description: "Up to 200 users are made within the request (201), more by the worker (202); follow a run with " +
      "`GET /admin/generated-data/{id}`. Only patients check in. Passwords are told when `return_credentials` is " +
      "true, in this answer and never again: a repeated request with the same Idempotency-Key gets the run without them.",
    tag,
    access,
    body: schemas.generation,
    bodyExample: schemas.generationExample,
    answers: {
      201: {
        description: "Made, as far as `failures` does not say otherwise.",
        schema: schemas.run,
        example: schemas.runExample,
      },
      202: {
        description: "Left to the worker, as a whole or from where time ran out.",
        schema: schemas.run,
        example: schemas.queuedRunExample,
      },
    },
  }, async ({ c, claims, body: { return_credentials: tellCredentials = false, ...given } }) => {
    const params = withDefaults(given);
    if (tellCredentials && params.patients_count + params.therapists_count > 200) {
      throw invalid([{
        pointer: "/return_credentials",
        code: "out_of_range",
        detail: "passwords can be told for up to 200 users; ask for fewer, or leave them out",
      }]);
    }
    // The one call under the Idempotency-Key: what is stored is the run as it began, without a password.
    const created = JSON.parse((await rpc(claims, "create_generation_run(params jsonb)", { params })).body);
    c.set("superId", created.super_id);
    countRows(c, { written: params.patients_count + params.therapists_count });
    const isRepeated = (callContext(claims).once?.replayed ?? 0) > 0;
    const credentials = isRepeated || created.queued ? [] : await generateNow(created.id);
    const run = await showRun(created.id);
    return json(
      { ...run, ...(tellCredentials && credentials.length ? { credentials } : {}) },
      created.queued || run.finished_at === null ? 202 : 201,
    );
  });

  service.route({
    method: "get",
    path: "/admin/generated-data/{id}",
    operationId: "getGenerationRun",
    summary: "Show a run and its progress",
    tag,
    access,
    params: idParams,
    answers: { 200: { description: "The run.", schema: schemas.run, example: schemas.runExample } },
  }, async ({ c, claims, params }) => {
    const { body } = await rpc(claims, "get_generation_run(id uuid)", params);
    countRows(c, { read: 1 });
    c.set("superId", (JSON.parse(body) as GenerationRun).super_id);
    return jsonText(body);
  });

  service.route({
    method: "delete",
    path: "/admin/generated-data",
    operationId: "deleteGeneratedData",
    summary: "Remove synthetic users and all that is theirs",
    description:
      "Removes users that are marked as synthetic, of one run or of all, and nobody else. Runs that are under way end. " +
      "It works for some 20 seconds; while `more` is true, send it again.",
    tag,
    access,
    query: z.object({ run_id: id.optional().openapi({ param: { description: "Only the users of this run." } }) }),
    answers: {
      200: {
        description: "What was removed.",
        schema: schemas.deletion,
        example: { deleted: 7, failed: 0, more: false },
      },
    },
  }, async ({ c, claims, query }) => json(await deleteMarked(c, claims, query.run_id)));
}

/** What was left out is decided here and kept with the run, so that the same data can be made again. */
function withDefaults(given: z.output<typeof schemas.generation>): GenerationParams {
  const { seed, start_date, locale, ...counts } = given;
  const first = Date.now() - given.checkins_per_user * 86_400_000;
  return {
    ...counts,
    seed: seed ?? crypto.getRandomValues(new Uint32Array(1))[0]!,
    start_date: start_date ?? new Date(first).toISOString().slice(0, 10),
    locale: locale ?? "en",
  };
}

/** Does a small run here and now. Should it break, the run says so and keeps what was made. */
async function generateNow(runId: string): Promise<Credentials[]> {
  const sql = database();
  const [row] = await sql<{ run: GenerationRun }[]>`
    select to_jsonb(r) as run from public.generation_runs as r where r.id = ${runId}`;
  const run = row!.run;
  const started = performance.now();
  try {
    const chunk = await generateChunk(run, run.users_total, generationDeps());
    logChunk("api", run, performance.now() - started, chunk);
    return chunk.credentials;
  } catch (error) {
    logChunk("api", run, performance.now() - started, { error });
    const fault = error instanceof AuthUnavailable
      ? { code: "auth_unavailable", detail: "Supabase Auth could not be reached. Try again later." }
      : { code: "internal", detail: "The run broke off. Delete its users and try again." };
    await sql`select app.fail_generation_run(${runId}, ${JSON.stringify(fault)}::text::jsonb)`;
    return [];
  }
}

async function showRun(runId: string): Promise<Record<string, unknown>> {
  const [row] = await database()<{ run: Record<string, unknown> }[]>`select app.get_generation_run(${runId}) as run`;
  return row!.run;
}

async function deleteMarked(c: HttpContext, claims: Claims, runId: string | undefined) {
  const given = JSON.stringify({ run_id: runId ?? null, most: deleteBatch });
  await callAs(claims, "select to_jsonb(app.stop_generation_runs(($1 ->> 'run_id')::uuid))", given);
  const result = await deleteGenerated({
    auth: authAdmin(),
    parallel: settings().ODYSSEY_SYNTHETIC_PARALLEL,
    budget: deleteBudgetMs,
    find: async () => {
      const statement = "select app.find_generated_users(($1 ->> 'run_id')::uuid, ($1 ->> 'most')::int)";
      return (JSON.parse((await callAs(claims, statement, given)).body) as { data: string[] }).data;
    },
  });
  countRows(c, { written: result.deleted });
  if (result.deleted > 0) {
    await callAs(
      claims,
      "with done as materialized (select app.audit_generated_deletion(($1 ->> 'run_id')::uuid, ($1 ->> 'deleted')::int)) " +
        "select 'null'::jsonb from done",
      JSON.stringify({ run_id: runId ?? null, deleted: result.deleted }),
    );
  }
  return result;
}
