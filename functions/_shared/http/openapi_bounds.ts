/** What the schemas need not repeat at every place, because it holds everywhere. */
const longestText = 1024 * 1024;
const longestList = 1_000_000;

interface Schema {
  type?: string | string[];
  enum?: unknown;
  const?: unknown;
  format?: string;
  pattern?: string;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** Any part of a document that may hold schemas. */
type Part = { schema?: Schema; content?: Record<string, Part>; headers?: Record<string, Part>; parameters?: Part[] };
type Operation = Part & { requestBody?: Part; responses: Record<string, Part> };

interface Document {
  paths?: Record<string, object> | undefined;
  components?: { schemas?: Record<string, unknown> | undefined } | undefined;
}

/**
 * Writes into every schema of a document the bounds that hold for all texts, whole numbers and lists: no text holds
 * U+0000 or is longer than a body, no whole number is beyond what JSON keeps exactly.
 */
export function stateBounds<T extends Document>(document: T): T {
  for (const schema of Object.values(document.components?.schemas ?? {})) bound(schema as Schema);
  for (const item of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(item) as Operation[]) {
      visit(operation);
      visit(operation.requestBody);
      Object.values(operation.responses).forEach(visit);
    }
  }
  return document;
}

function visit(part: Part | undefined): void {
  if (!part) return;
  if (part.schema) bound(part.schema);
  [...part.parameters ?? [], ...Object.values(part.content ?? {}), ...Object.values(part.headers ?? {})].forEach(visit);
}

function bound(schema: Schema): void {
  const types = [schema.type].flat();
  if (types.includes("string") && schema.enum === undefined && schema.const === undefined) boundText(schema);
  if (types.includes("integer")) boundInteger(schema);
  if (types.includes("array")) schema.maxItems ??= longestList;
  const { properties = {}, items, additionalProperties, anyOf = [], oneOf = [], allOf = [] } = schema;
  const inner = [...Object.values(properties), items, additionalProperties, ...anyOf, ...oneOf, ...allOf];
  for (const part of inner) if (typeof part === "object") bound(part);
}

function boundText(schema: Schema): void {
  schema.maxLength ??= longestText;
  if (schema.format === undefined) schema.pattern ??= "^[^\\u0000]*$";
}

function boundInteger(schema: Schema): void {
  schema.format ??= "int64";
  if (schema.exclusiveMinimum === undefined) schema.minimum ??= Number.MIN_SAFE_INTEGER;
  if (schema.exclusiveMaximum === undefined) schema.maximum ??= Number.MAX_SAFE_INTEGER;
}
