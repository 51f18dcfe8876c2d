import { challenge } from "../http/errors.ts";
import { problem } from "../http/problems.ts";
import { timingSafeEqual } from "../timing_safe_equal.ts";

/**
 * Lets a machine in that has one of the keys, as `apikey` or as a bearer token; throws 401 otherwise. How long it takes
 * tells neither where a key differs nor which one fits.
 */
export async function requireKey(headers: Headers, keys: readonly (string | undefined)[]): Promise<void> {
  const given = headers.get("apikey") ?? /^Bearer (.+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? "";
  const fits = await Promise.all(keys.map((key) => timingSafeEqual(given, key ?? "")));
  if (given !== "" && fits.includes(true)) return;
  throw problem("unauthorized", {
    detail: "This needs the platform's secret key in the header apikey.",
    headers: challenge,
  });
}
