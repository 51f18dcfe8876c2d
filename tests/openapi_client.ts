/**
 * A client that holds every answer to the OpenAPI document the service itself serves: a status, content type, header or
 * body that is not documented is an error, and so is a path or parameter that is not.
 */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

export interface Answer<T = unknown> {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body of a JSON answer. */
  body: T;
}

export interface Ask {
  token?: string | undefined;
  headers?: Record<string, string>;
  query?: Record<string, string | number | boolean>;
  /** Sent as JSON; a string, bytes or a stream as they are. */
  body?: unknown;
}

interface Parameter {
  name: string;
  in: string;
}
interface Media {
  schema?: unknown;
}
interface Operation {
  operationId: string;
  parameters?: Parameter[];
  responses: Record<string, { content?: Record<string, Media>; headers?: Record<string, { required?: boolean }> }>;
}
export interface OpenApiDocument {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

export class OpenApiClient {
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(readonly document: OpenApiDocument, readonly send: typeof fetch = fetch) {
    this.#ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
    (addFormats as unknown as (ajv: Ajv2020) => void)(this.#ajv);
    this.#ajv.addSchema({ ...document, $id: "https://odyssey.test/document" });
  }

  /** Fetches the document of a function and makes a client for it. */
  static async of(documentUrl: string, send: typeof fetch = fetch): Promise<OpenApiClient> {
    const response = await send(documentUrl);
    if (!response.ok) throw new Error(`${documentUrl} answered ${response.status}`);
    return new OpenApiClient(await response.json(), send);
  }

  get base(): string {
    return this.document.servers[0]?.url ?? "";
  }

  /**
   * Sends a request and checks the answer.
   *
   * @example
   * ```ts
   * const { body } = await client.ask("GET", "/v1/products", { token, query: { limit: 10 } });
   * ```
   */
  // deno-lint-ignore no-explicit-any
  async ask<T = any>(method: string, path: string, ask: Ask = {}): Promise<Answer<T>> {
    const response = await this.send(this.#request(method, path, ask));
    const text = await response.text();
    const { pattern, operation } = this.#operation(method, path);
    const json = /json/.test(response.headers.get("content-type") ?? "");
    const answer = {
      status: response.status,
      headers: response.headers,
      text,
      body: (json && text ? JSON.parse(text) : undefined) as T,
    };
    const faults = this.#faults(method, pattern, operation, answer);
    if (faults.length) {
      throw new Error(`${method} ${path} answered ${answer.status} ${text.slice(0, 400)}\n${faults.join("\n")}`);
    }
    return answer;
  }

  #request(method: string, path: string, { token, headers = {}, query = {}, body }: Ask): Request {
    const url = new URL(this.base + path);
    for (const [name, value] of Object.entries(query)) url.searchParams.append(name, String(value));
    const all = new Headers(headers);
    if (token !== undefined) all.set("Authorization", `Bearer ${token}`);
    const raw = typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream;
    if (body !== undefined && !all.has("Content-Type")) all.set("Content-Type", "application/json");
    const sent = body === undefined ? {} : { body: raw ? body as BodyInit : JSON.stringify(body) };
    return new Request(url, { method, headers: all, ...sent });
  }

  #operation(method: string, path: string): { pattern: string; operation: Operation } {
    const given = (path.split("?")[0] ?? "").split("/");
    const patterns = Object.keys(this.document.paths).filter((pattern) => {
      const parts = pattern.split("/");
      return parts.length === given.length && parts.every((part, at) => part.startsWith("{") || part === given[at]);
    });
    // A fixed path wins over one with a parameter in the same place.
    const pattern = patterns.sort((a, b) => a.split("{").length - b.split("{").length)[0];
    const verb = method === "HEAD" ? "get" : method.toLowerCase();
    const operation = pattern === undefined ? undefined : this.document.paths[pattern]?.[verb];
    if (pattern === undefined || !operation) throw new Error(`${method} ${path} is not documented`);
    return { pattern, operation };
  }

  #faults(method: string, pattern: string, operation: Operation, answer: Answer): string[] {
    const documented = operation.responses[answer.status];
    if (!documented) return [`status ${answer.status} is not documented for ${operation.operationId}`];
    const promised = Object.entries(documented.headers ?? {}).filter(([, { required }]) => required);
    const missing = promised.map(([name]) => name).filter((name) => !answer.headers.has(name));
    const faults = missing.map((name) => `the documented header ${name} is missing`);
    const type = answer.headers.get("content-type")?.split(";")[0] ?? "";
    if (!documented.content) return answer.text === "" ? faults : [...faults, "a body came where none is documented"];
    if (!documented.content[type]) return [...faults, `content type ${type || "(none)"} is not documented`];
    if (method === "HEAD" || !/json$/.test(type)) return faults;
    const verb = method.toLowerCase();
    const validate = this.#validator([
      "paths",
      pattern,
      verb,
      "responses",
      String(answer.status),
      "content",
      type,
      "schema",
    ]);
    if (validate(answer.body)) return faults;
    return [
      ...faults,
      ...(validate.errors ?? []).map((error) =>
        `${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`
      ),
    ];
  }

  #validator(path: string[]): ValidateFunction {
    const pointer = path.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
    const known = this.#validators.get(pointer);
    if (known) return known;
    const validate = this.#ajv.compile({ $ref: `https://odyssey.test/document#/${pointer}` });
    this.#validators.set(pointer, validate);
    return validate;
  }
}
