import { z } from "@hono/zod-openapi";
import { countRows } from "../_shared/http/context.ts";
import { idParams, locationHeader, paging } from "../_shared/http/fields.ts";
import { created, jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import { rpc } from "../_shared/rpc.ts";
import * as schemas from "./schemas.ts";

/** Jobs of the caller: everybody who is signed in owns their own, member of a vendor or not. */
export function registerJobs(app: Service): void {
  app.route({
    method: "post",
    path: "/jobs",
    operationId: "publishJob",
    summary: "Publish a job",
    description: "Answers are held to the questions of the service; each fault is named by its place. A job whose " +
      "service is not known is kept by its slug, with the answers as they are.",
    tag: "Jobs",
    access: "signed-in",
    body: schemas.jobInput,
    bodyExample: {
      microId: "wall-painting",
      microUuid: null,
      answers: { room_type: "bedroom", wall_count: 4 },
      location: { city: "Vienna", country: "AT" },
      budget: "1500.00",
      currency: "EUR",
    },
    answers: {
      201: { description: "Published.", schema: schemas.job, example: schemas.jobExample, headers: locationHeader },
    },
    problems: ["forbidden"],
  }, async ({ c, claims, body }) => {
    const { body: text, rows } = await rpc(claims, "publish_job(job jsonb)", { job: body });
    countRows(c, { written: rows });
    return created(c, text);
  });

  app.route({
    method: "get",
    path: "/jobs",
    operationId: "listJobs",
    summary: "List one's own jobs",
    tag: "Jobs",
    access: "signed-in",
    query: z.object({ status: z.enum(["published", "closed"]).optional(), ...paging }),
    answers: {
      200: {
        description: "A page of jobs, newest first.",
        schema: schemas.jobPage,
        example: { data: [schemas.jobExample], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, query }) => {
    const { limit, ...given } = query;
    const signature = "list_jobs(status text, cursor text, page_limit int)";
    const { body, rows } = await rpc(claims, signature, { ...given, page_limit: limit });
    countRows(c, { read: rows });
    return jsonText(body);
  });

  app.route({
    method: "get",
    path: "/jobs/{id}",
    operationId: "getJob",
    summary: "Show one of one's own jobs",
    tag: "Jobs",
    access: "signed-in",
    params: idParams,
    answers: { 200: { description: "The job.", schema: schemas.job, example: schemas.jobExample } },
  }, async ({ c, claims, params }) => {
    const { body, rows } = await rpc(claims, "get_job(id uuid)", params);
    countRows(c, { read: rows });
    return jsonText(body);
  });

  app.route({
    method: "post",
    path: "/jobs/{id}/close",
    operationId: "closeJob",
    summary: "Close one of one's own jobs",
    description: "A closed job stays closed; closing it again changes nothing.",
    tag: "Jobs",
    access: "signed-in",
    params: idParams,
    answers: {
      200: {
        description: "The closed job.",
        schema: schemas.job,
        example: { ...schemas.jobExample, status: "closed" },
      },
    },
  }, async ({ c, claims, params }) => {
    const { body, rows } = await rpc(claims, "close_job(id uuid)", params);
    countRows(c, { written: rows });
    return jsonText(body);
  });
}
