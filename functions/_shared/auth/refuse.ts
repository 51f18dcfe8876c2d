import { challenge } from "../http/errors.ts";
import { type HttpProblem, problem } from "../http/problems.ts";

/** 401. One wording for every refused token: why it was refused helps only somebody forging one. */
export function refuse(cause?: unknown): HttpProblem {
  return problem("unauthorized", {
    detail: "The token is missing, malformed, expired or not accepted; send a current one as Authorization: Bearer.",
    headers: challenge,
    cause,
  });
}
