import { z } from "@hono/zod-openapi";
import { countRows } from "../_shared/http/context.ts";
import { pageOf, paging } from "../_shared/http/fields.ts";
import { json, jsonText, noContent } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";
import type { FieldError } from "../_shared/http/problems.ts";
import { invalid } from "../_shared/http/validation.ts";
import { checkUrl, outboundPolicy } from "../_shared/outbound/guard.ts";
import { OutboundRefused } from "../_shared/outbound/refused.ts";
import { rpc, rpcVoid } from "../_shared/rpc.ts";
import * as examples from "./connector_examples.ts";
import * as schemas from "./connector_schemas.ts";
import { testConnector } from "./connector_test.ts";
import { job } from "./ingestion_schemas.ts";

const operator = { role: "vendor_operator" } as const;
const admin = { role: "vendor_admin" } as const;
const tag = "Connectors";

/** Products fetched from other APIs: how, a try, and the sync. */
export function registerConnectors(service: Service): void {
  registerReads(service);
  registerChanges(service);
  registerRuns(service);
}

function registerReads(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/connectors",
    operationId: "listConnectors",
    summary: "List connectors",
    description: "By source.",
    tag,
    access: operator,
    query: z.object(paging),
    answers: {
      200: {
        description: "A page of connectors.",
        schema: pageOf(schemas.connector, "ConnectorPage"),
        example: { data: [examples.connectorExample], next_cursor: null },
      },
    },
    problems: ["invalid-cursor"],
  }, async ({ c, claims, query: { limit: page_limit, ...rest } }) => {
    const { body, rows } = await rpc(claims, "list_connectors(cursor text, page_limit int)", { ...rest, page_limit });
    countRows(c, { read: rows });
    return jsonText(body);
  });

  service.route({
    method: "get",
    path: "/v1/connectors/{source}",
    operationId: "getConnector",
    summary: "Show a connector and where its syncs stand",
    tag,
    access: operator,
    params: schemas.sourceParams,
    answers: {
      200: { description: "The connector.", schema: schemas.connector, example: examples.connectorExample },
    },
    problems: ["not-found"],
  }, async ({ c, claims, params }) => {
    const { body, rows } = await rpc(claims, "get_connector(source text)", params);
    countRows(c, { read: rows });
    return jsonText(body);
  });
}

function registerChanges(service: Service): void {
  service.route({
    method: "put",
    path: "/v1/connectors/{source}",
    operationId: "putConnector",
    summary: "Add a connector or replace its configuration",
    description:
      "`preset` fills in what is left out. The secret of `auth` goes to Vault and is never shown; left out, " +
      "the stored one stays, unless it would be sent to another server than before.",
    tag,
    access: admin,
    params: schemas.sourceParams,
    body: schemas.config,
    bodyExample: examples.configExample,
    answers: {
      200: { description: "As it is now.", schema: schemas.connector, example: examples.connectorExample },
    },
    problems: ["conflict"],
  }, async ({ c, claims, params, body: config }) => {
    requireGoodUrls(config);
    const { body, rows } = await rpc(claims, "put_connector(source text, config jsonb)", { ...params, config });
    countRows(c, { written: rows });
    return jsonText(body);
  });

  service.route({
    method: "delete",
    path: "/v1/connectors/{source}",
    operationId: "deleteConnector",
    summary: "Remove a connector",
    description: "With its secret; a sync that runs is canceled. What was synced stays in the catalogue.",
    tag,
    access: admin,
    params: schemas.sourceParams,
    answers: { 204: { description: "Removed." } },
    problems: ["not-found"],
  }, async ({ c, claims, params }) => {
    await rpcVoid(claims, "delete_connector(source text)", params);
    countRows(c, { written: 1 });
    return noContent();
  });
}

function registerRuns(service: Service): void {
  service.route({
    method: "post",
    path: "/v1/connectors/{source}/test",
    operationId: "testConnector",
    summary: "Fetch one page and show what it would become",
    description: "Makes one request, maps the first rows as a sync would and shows them as they would be stored. " +
      "Nothing is written, so an Idempotency-Key has no effect: each test asks the source. What is wrong with it " +
      "stands in `error`.",
    tag,
    access: admin,
    ignoresKey: true,
    params: schemas.sourceParams,
    answers: { 200: { description: "The test.", schema: schemas.testResult, example: examples.testExample } },
    problems: ["not-found", "conflict"],
  }, async ({ c, claims, params }) => {
    const result = await testConnector(claims, params.source);
    countRows(c, { read: result.rows.length });
    return json(result);
  });

  service.route({
    method: "post",
    path: "/v1/connectors/{source}/sync",
    operationId: "syncConnector",
    summary: "Fetch the products of a source",
    description: "Starts a job; `GET /v1/jobs/{id}` follows it and `POST /v1/jobs/{id}/cancel` stops it. One sync of " +
      "a connector runs at a time.",
    tag,
    access: operator,
    routeClass: "ingest",
    params: schemas.sourceParams,
    body: schemas.syncBody,
    bodyExample: { whole: false },
    bodyOptional: true,
    answers: {
      202: {
        description: "Started.",
        schema: job,
        example: examples.syncExample,
        headers: {
          "X-Super-Id": { description: "The job's workflow id.", schema: { type: "string", format: "uuid" } },
        },
      },
    },
    problems: ["not-found", "conflict"],
  }, async ({ c, claims, params, body: given }) => {
    const { body } = await rpc(claims, "sync_connector(source text, whole boolean)", { ...params, ...given });
    c.set("superId", (JSON.parse(body) as z.output<typeof job>).super_id);
    countRows(c, { written: 1 });
    return jsonText(body, 202);
  });
}

/** Says at once what the worker would refuse; where a name leads is checked with each request. */
function requireGoodUrls({ base_url, auth }: z.output<typeof schemas.config>): void {
  const token_url = auth?.type === "oauth2_client_credentials" ? auth.token_url : undefined;
  const errors = [["/base_url", base_url], ["/auth/token_url", token_url]].flatMap(([pointer, text]): FieldError[] => {
    if (text === undefined) return [];
    try {
      checkUrl(text, outboundPolicy());
      return [];
    } catch (error) {
      if (!(error instanceof OutboundRefused)) throw error;
      return [{ pointer: pointer!, code: "refused_url", detail: error.reason }];
    }
  });
  if (errors.length > 0) throw invalid(errors, "The body");
}
