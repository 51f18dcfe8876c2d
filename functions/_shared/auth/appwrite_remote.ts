import { retryAfter } from "../http/errors.ts";
import { type HttpProblem, problem } from "../http/problems.ts";
import type { Settings } from "../settings.ts";
import type { Verifier } from "./identity.ts";
import { refuse } from "./refuse.ts";
import { readAppwriteToken } from "./token.ts";

type Needed = Pick<Settings, "APPWRITE_ENDPOINT" | "APPWRITE_PROJECT_ID" | "ODYSSEY_APPWRITE_TIMEOUT_MS">;

/**
 * Proves Appwrite tokens by asking Appwrite for the account they belong to, which also tells a token of another
 * project, a blocked user and an ended session. What cannot be a token of Appwrite's is refused without asking.
 */
export function remoteVerifier(values: Needed, fetcher: typeof fetch = fetch): Verifier {
  const { APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID, ODYSSEY_APPWRITE_TIMEOUT_MS } = values;
  if (!APPWRITE_ENDPOINT || !APPWRITE_PROJECT_ID) {
    throw new Error("The remote Appwrite verifier needs APPWRITE_ENDPOINT and APPWRITE_PROJECT_ID.");
  }
  const ask = async (token: string): Promise<Account> => {
    const response = await fetcher(`${APPWRITE_ENDPOINT}/account`, {
      headers: { "X-Appwrite-Project": APPWRITE_PROJECT_ID, "X-Appwrite-JWT": token, "Accept": "application/json" },
      credentials: "omit",
      redirect: "manual",
      signal: AbortSignal.timeout(ODYSSEY_APPWRITE_TIMEOUT_MS),
    });
    if (response.ok) return await response.json() as Account;
    await response.body?.cancel();
    if (response.status === 401 || response.status === 403) throw refuse();
    throw unavailable(new Error(`Appwrite answered ${response.status}`));
  };

  return async (token) => {
    const { userId, exp } = readAppwriteToken(token, Date.now() / 1000);
    const account = await ask(token).catch((cause) => {
      throw cause?.name === "HttpProblem" ? cause : unavailable(cause);
    });
    if (account?.$id !== userId || account.status === false) throw refuse();
    return { subject: userId, source: "appwrite", expiresAt: exp, permissions: [] };
  };
}

interface Account {
  $id?: unknown;
  /** False when an administrator blocked the user. */
  status?: unknown;
}

function unavailable(cause: unknown): HttpProblem {
  return problem("identity-provider-unavailable", { headers: retryAfter(2), cause });
}
