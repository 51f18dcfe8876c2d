import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { createApi } from "../../functions/api/app.ts";
import { createConstruction } from "../../functions/construction/app.ts";
import { createSuperIds } from "../../functions/super_ids/app.ts";
import { problems } from "../../functions/_shared/http/problems.ts";
import { version } from "../../functions/_shared/version.ts";
import { OpenApiClient } from "../openapi_client.ts";
import { setEnvironment } from "./testing.ts";

setEnvironment();
const root = new URL("../../", import.meta.url);
const api = createApi();
const superIds = createSuperIds();
const construction = createConstruction();

// deno-lint-ignore no-explicit-any
type Json = any;

async function documentOf(
  service: { fetch(request: Request): Response | Promise<Response> },
  path: string,
): Promise<Json> {
  const response = await service.fetch(new Request(`http://host${path}/openapi.json`));
  strictEqual(response.status, 200);
  return await response.json();
}

const documents: [string, Json][] = [
  ["api", await documentOf(api, "/api")],
  ["super_ids", await documentOf(superIds, "/super_ids")],
  ["construction", await documentOf(construction, "/construction")],
];

function operationsOf(document: Json): { name: string; path: string; method: string; operation: Json }[] {
  return Object.entries<Json>(document.paths).flatMap(([path, item]) =>
    Object.entries<Json>(item).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      method,
      operation,
    }))
  );
}

function ajvOf(document: Json): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: true });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  return ajv.addSchema({ $id: "https://odyssey.test/document", components: document.components }) as Ajv2020;
}

/** References inside the document, made to work from outside it. */
function resolvable(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"https://odyssey.test/document#/components'));
}

for (const [name, document] of documents) {
  Deno.test(`document of ${name}: OpenAPI 3.1, and every operation is complete`, () => {
    strictEqual(document.openapi, "3.1.0");
    const tags = new Set(document.tags.map((tag: Json) => tag.name));
    const ids = new Set<string>();
    for (const { name, path, operation } of operationsOf(document)) {
      for (const key of ["operationId", "summary", "description"]) ok(operation[key], `${name} has no ${key}`);
      ok(!ids.has(operation.operationId), `${operation.operationId} is given twice`);
      ids.add(operation.operationId);
      ok(operation.tags.every((tag: string) => tags.has(tag)), `${name} has an unknown tag`);
      const named = [...path.matchAll(/{(\w+)}/g)].map((match) => match[1]).sort();
      const declared = (operation.parameters ?? []).filter((parameter: Json) => parameter.in === "path");
      deepStrictEqual(declared.map((parameter: Json) => parameter.name).sort(), named, name);
      ok(Object.keys(operation.responses).some((status) => status < "300"), `${name} has no success`);
      ok(operation.responses["500"] && operation.responses["400"], `${name} lacks 400 or 500`);
      const closed = operation.security.length > 0;
      strictEqual(closed, operation.responses["401"] !== undefined, `${name}: 401 and security disagree`);
    }
  });

  Deno.test(`document of ${name}: every schema is a valid JSON schema and every example fits its own`, () => {
    const ajv = ajvOf(document);
    for (const schema of Object.keys(document.components.schemas)) {
      ajv.compile({ $ref: `https://odyssey.test/document#/components/schemas/${schema}` });
    }
    let examples = 0;
    for (const { name, operation } of operationsOf(document)) {
      const bodies = [operation.requestBody, ...Object.values<Json>(operation.responses)].filter(Boolean);
      for (const media of bodies.flatMap((body) => Object.values<Json>(body.content ?? {}))) {
        const validate = ajv.compile(resolvable(media.schema));
        if (media.example === undefined) continue;
        examples++;
        ok(validate(media.example), `${name}: ${JSON.stringify(validate.errors)}`);
      }
      for (const parameter of operation.parameters ?? []) {
        const validate = ajv.compile(resolvable(parameter.schema));
        if (parameter.example !== undefined) ok(validate(parameter.example), `${name} ${parameter.name}`);
      }
    }
    ok(examples > 0);
  });

  Deno.test(`document of ${name}: every body that is not public has an example`, () => {
    for (const { name, operation } of operationsOf(document).filter(({ operation }) => operation.security.length > 0)) {
      const good = Object.entries<Json>(operation.responses).filter(([status]) => status < "300");
      for (const [status, response] of good) {
        for (const media of Object.values<Json>(response.content ?? {})) {
          ok(media.example !== undefined, `${name} ${status}`);
        }
      }
      for (const media of Object.values<Json>(operation.requestBody?.content ?? {})) {
        ok(media.example !== undefined, name);
      }
    }
  });
}

Deno.test("every route refuses a caller without a token as documented, unless it is public", async () => {
  for (const [at, service] of [api, superIds, construction].entries()) {
    const document = documents[at]?.[1];
    const client = new OpenApiClient(document, (request) => Promise.resolve(service.fetch(local(request as Request))));
    for (const { path, method, operation } of operationsOf(document)) {
      if (operation.security.length === 0) continue;
      const answer = await client.ask(method.toUpperCase(), path.replaceAll(/{\w+}/g, crypto.randomUUID()));
      strictEqual(answer.status, 401, `${method} ${path}`);
      strictEqual(answer.headers.get("www-authenticate"), "Bearer");
    }
  }
});

/** The request as the function sees it: the gateway has taken `/functions/v1` off. */
function local(request: Request): Request {
  return new Request(request.url.replace("/functions/v1", ""), request);
}

Deno.test("every problem has a page, and nothing else has", async () => {
  for (const [slug, { title }] of Object.entries(problems)) {
    const response = await api.fetch(new Request(`http://host/api/problems/${slug}`));
    strictEqual(response.status, 200, slug);
    strictEqual(response.headers.get("content-type"), "text/html; charset=utf-8");
    ok((await response.text()).includes(title.replaceAll("'", "&#39;")));
  }
  for (const slug of ["nope", "constructor", "__proto__"]) {
    strictEqual((await api.fetch(new Request(`http://host/api/problems/${slug}`))).status, 404);
  }
});

Deno.test("docs/errors.md lists every problem", async () => {
  const page = await Deno.readTextFile(new URL("docs/errors.md", root));
  for (const [slug, { status, title }] of Object.entries(problems)) {
    ok(page.includes(`| ${status} | \`/problems/${slug}\` | ${title} |`), slug);
  }
});

Deno.test("every slug raised in SQL is a problem of the table, with the same status", async () => {
  const faults: string[] = [];
  for await (const { path, text } of sqlFiles(new URL("sql/", root))) {
    for (
      const [, status, slug] of text.matchAll(/raise_problem\(\s*(?:status => )?(\d{3}),\s*(?:type => )?'([a-z-]+)'/g)
    ) {
      const known = Object.hasOwn(problems, slug ?? "") ? problems[slug as keyof typeof problems] : undefined;
      if (known?.status !== Number(status)) faults.push(`${path}: ${status} ${slug}`);
    }
  }
  deepStrictEqual(faults, []);
});

async function* sqlFiles(folder: URL): AsyncGenerator<{ path: string; text: string }> {
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isDirectory) yield* sqlFiles(new URL(`${entry.name}/`, folder));
    else if (entry.name.endsWith(".sql")) {
      yield { path: new URL(entry.name, folder).pathname, text: await Deno.readTextFile(new URL(entry.name, folder)) };
    }
  }
}

Deno.test("the reference page names every operation and fetches nothing", async () => {
  const response = await api.fetch(new Request("http://host/api/docs"));
  const page = await response.text();
  for (const { path, operation } of operationsOf(documents[0]?.[1])) {
    ok(page.includes(`<code>${path}</code>`) && page.includes(operation.summary.replaceAll("'", "&#39;")), path);
  }
  ok(!/<script|<link|<img|@import|url\(/.test(page));
});

Deno.test("the version is the package's", async () => {
  strictEqual(version, JSON.parse(await Deno.readTextFile(new URL("package.json", root))).version);
});

Deno.test("document: a route that a read replica may answer only reads, and says how fresh it is", () => {
  const routes = [...api.routes, ...construction.routes].filter((route) => route.replica);
  ok(routes.length >= 6);
  for (const { method, operationId } of routes) {
    const [document, { parameters, responses }] = documents.flatMap(([, document]) =>
      operationsOf(document).filter(({ operation }) => operation.operationId === operationId)
        .map(({ operation }) => [document, operation])
    )[0]!;
    strictEqual(method, "get", operationId);
    ok(parameters.some(({ name }: Json) => name === "X-Consistency"), operationId);
    ok(responses[200].headers["X-Data-Source"].required, operationId);
    const { $ref } = responses[200].content["application/json"].schema;
    const schema = $ref
      ? document.components.schemas[$ref.split("/").at(-1)]
      : responses[200].content["application/json"].schema;
    strictEqual(schema.properties.meta?.$ref, "#/components/schemas/Freshness", operationId);
    ok(!schema.required.includes("meta"), operationId);
  }
});
