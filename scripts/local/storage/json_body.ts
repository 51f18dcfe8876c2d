import { errors } from "./errors.ts";

/** The JSON object a request carries; anything else is the client's mistake. */
export async function readJson<T extends object>(request: Request): Promise<Partial<T>> {
  const value: unknown = await request.json().catch(() => null);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw errors.invalidParameter("body must be object");
  }
  return value as Partial<T>;
}
