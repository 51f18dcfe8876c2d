import { escape, page, prose } from "./page.ts";

// The document is our own, so only the parts that are shown are typed.
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: unknown;
}
interface Media {
  schema?: unknown;
  example?: unknown;
}
interface Operation {
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
}
interface Document {
  info: { title: string; version: string; description?: string };
  servers?: { url: string }[];
  tags?: { name: string; description?: string }[];
  paths?: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, unknown> };
}

/** A reference page rendered from an OpenAPI document; readable offline and without scripts. */
export function referencePage(source: unknown): string {
  const document = source as Document;
  const { info } = document;
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation }))
  );
  const sections = (document.tags ?? []).map((tag) => {
    const own = operations.filter(({ operation }) => operation.tags?.includes(tag.name));
    if (own.length === 0) return "";
    return `<h2 id="${escape(tag.name)}">${escape(tag.name)}</h2>${prose(tag.description ?? "")}${
      own.map(render).join("")
    }`;
  });
  const head = `<h1>${escape(info.title)} <span class="note">${escape(info.version)}</span></h1>` +
    prose(info.description ?? "") +
    `<p>Base: <code>${escape(document.servers?.[0]?.url)}</code> · <a href="openapi.json">openapi.json</a></p>`;
  return page(info.title, head + sections.join("") + renderSchemas(document));
}

function render({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const head = `<summary><span class="method">${escape(method)}</span> <code>${escape(path)}</code> ` +
    `<span class="note">${escape(operation.summary)}</span></summary>`;
  return `<details>${head}${prose(operation.description ?? "")}${parameters(operation)}${body(operation)}${
    responses(operation)
  }</details>`;
}

function parameters({ parameters = [] }: Operation): string {
  if (parameters.length === 0) return "";
  const rows = parameters.map((parameter) =>
    `<tr><td><code>${escape(parameter.name)}</code></td><td>${escape(parameter.in)}${
      parameter.required ? ", required" : ""
    }</td><td>${escape(parameter.description)} <code>${escape(brief(parameter.schema))}</code></td></tr>`
  );
  return `<h4>Parameters</h4><table>${rows.join("")}</table>`;
}

function body({ requestBody }: Operation): string {
  if (!requestBody) return "";
  return Object.entries(requestBody.content)
    .map(([type, media]) => `<h4>Body <code>${escape(type)}</code></h4>${mediaOf(media)}`).join("");
}

function responses(operation: Operation): string {
  const rows = Object.entries(operation.responses).map(([status, response]) => {
    const media = Object.values(response.content ?? {})[0];
    const example = media && Number(status) < 400 ? mediaOf(media) : "";
    return `<tr><td>${escape(status)}</td><td>${prose(response.description)}${example}</td></tr>`;
  });
  return `<h4>Answers</h4><table>${rows.join("")}</table>`;
}

function mediaOf({ schema, example }: Media): string {
  const shown = example === undefined ? "" : `<pre>${escape(JSON.stringify(example, null, 2))}</pre>`;
  return `<p class="note"><code>${escape(brief(schema))}</code></p>${shown}`;
}

function renderSchemas({ components }: Document): string {
  const all = Object.entries(components?.schemas ?? {});
  if (all.length === 0) return "";
  const shown = all.map(([name, schema]) =>
    `<details id="schema-${escape(name)}"><summary><code>${escape(name)}</code></summary><pre>${
      escape(JSON.stringify(schema, null, 2))
    }</pre></details>`
  );
  return `<h2>Schemas</h2>${shown.join("")}`;
}

function brief(schema: unknown): string {
  if (typeof schema !== "object" || schema === null) return "";
  if ("$ref" in schema) return String(schema.$ref).replace("#/components/schemas/", "");
  return JSON.stringify(schema);
}
