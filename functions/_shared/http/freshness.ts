import { type Freshness, type ReadContext, setCallContext } from "../call_context.ts";
import { replica } from "../replica.ts";
import type { HttpContext } from "./context.ts";
import { invalid } from "./validation.ts";

const alone: Freshness = { source: "primary", lag_ms: 0, as_of: "" };

/**
 * Lets the calls of a request go to the read replica, where there is one, unless `X-Consistency: strong` asks for the
 * primary. What is returned tells, when the work is done, where the answer came from.
 */
export function readFromReplica(c: HttpContext): () => Freshness {
  const consistency = c.req.header("x-consistency") ?? "eventual";
  if (consistency !== "eventual" && consistency !== "strong") {
    throw invalid([{ pointer: "/X-Consistency", code: "invalid_value", detail: "must be eventual or strong" }]);
  }
  const claims = c.get("claims");
  const position = c.get("position");
  if (!claims || !position || !replica()) return () => alone;
  const freshness: Freshness = { source: "primary", lag_ms: 0, as_of: position.at };
  const read: ReadContext = { position, strong: consistency === "strong", freshness };
  setCallContext(claims, { read });
  return () => read.freshness;
}

/** Tells in headers where the data came from and how old they may be. */
export function stateFreshness(response: Response, { source, lag_ms }: Freshness): Response {
  response.headers.set("X-Data-Source", source);
  response.headers.set("X-Replica-Lag-Ms", String(lag_ms));
  return response;
}
