/** @jsxImportSource preact */
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { type Api, createApi } from "./api.ts";
import { Problem } from "./problem.ts";
import { type Session, storedSession, storeSession } from "./session.ts";
import { Shell } from "./shell.tsx";
import { SignIn } from "./sign_in.tsx";
import type { Me, Membership } from "./types.ts";

interface SignedIn {
  api: Api;
  me: Me;
}

/** Either the sign-in form or everything else. */
export function App({ functionsUrl }: { functionsUrl: string }) {
  const [session, setSession] = useState<Session | null>(storedSession);
  const [signedIn, setSignedIn] = useState<SignedIn | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [choices, setChoices] = useState<Membership[]>([]);

  const change = useCallback((next: Session | null, why: Problem | null = null) => {
    storeSession(next);
    setSignedIn(null);
    setProblem(why);
    setChoices([]);
    setSession(next);
  }, []);

  const api = useMemo(
    () => session && createApi({ functionsUrl, ...session, onRefused: (why) => change(null, why) }),
    [functionsUrl, session, change],
  );

  useEffect(() => {
    if (!api) return;
    const abort = new AbortController();
    identify(api, abort.signal).then(
      (found) => "choices" in found ? setChoices(found.choices) : setSignedIn({ api, me: found }),
      (why) => abort.signal.aborted || setProblem(why),
    );
    return () => abort.abort();
  }, [api]);

  if (session && signedIn) {
    return (
      <Shell
        {...signedIn}
        functionsUrl={functionsUrl}
        onVendor={(vendorId) => change({ ...session, vendorId })}
        onSignOut={() => change(null)}
      />
    );
  }
  const isAsking = session !== null && problem === null && choices.length === 0;
  return (
    <SignIn
      key={choices.length}
      functionsUrl={functionsUrl}
      session={session}
      problem={problem}
      choices={choices}
      busy={isAsking}
      onSignIn={change}
    />
  );
}

/** Who the bearer of the token is; or, when they belong to several vendors and named none, what they may choose from. */
async function identify(api: Api, signal: AbortSignal): Promise<Me | { choices: Membership[] }> {
  try {
    return (await api.get<Me>("/api/v1/me", {}, signal)).body;
  } catch (error) {
    if (!(error instanceof Problem) || error.slug !== "vendor-ambiguous") throw error;
    const { body } = await api.get<{ data: (Membership & { status: string })[] }>("/api/v1/memberships", {}, signal);
    return { choices: body.data.filter(({ status }) => status === "active") };
  }
}
