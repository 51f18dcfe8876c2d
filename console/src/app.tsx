/** @jsxImportSource preact */
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { type Api, createApi } from "./api.ts";
import type { Problem } from "./problem.ts";
import { type Session, storedSession, storeSession } from "./session.ts";
import { Shell } from "./shell.tsx";
import { SignIn } from "./sign_in.tsx";
import type { Me } from "./types.ts";

interface SignedIn {
  api: Api;
  me: Me;
}

/** Either the sign-in form or everything else. */
export function App({ functionsUrl }: { functionsUrl: string }) {
  const [session, setSession] = useState<Session | null>(storedSession);
  const [signedIn, setSignedIn] = useState<SignedIn | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const change = useCallback((next: Session | null, why: Problem | null = null) => {
    storeSession(next);
    setSignedIn(null);
    setProblem(why);
    setSession(next);
  }, []);

  const api = useMemo(
    () => session && createApi({ functionsUrl, ...session, onRefused: (why) => change(null, why) }),
    [functionsUrl, session, change],
  );

  useEffect(() => {
    if (!api) return;
    const abort = new AbortController();
    api.get<Me>("/api/v1/me", {}, abort.signal).then(
      ({ body: me }) => setSignedIn({ api, me }),
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
  const isAsking = session !== null && problem === null;
  return <SignIn functionsUrl={functionsUrl} session={session} problem={problem} busy={isAsking} onSignIn={change} />;
}
