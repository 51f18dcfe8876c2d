/** @jsxImportSource preact */
import { useEffect, useRef, useState } from "preact/hooks";
import { Field, ProblemNote } from "./parts.tsx";
import type { Problem } from "./problem.ts";
import type { Session } from "./session.ts";

interface SignInProps {
  functionsUrl: string;
  session: Session | null;
  problem: Problem | null;
  busy: boolean;
  onSignIn: (session: Session) => void;
}

/** Takes an Appwrite JWT; asks for a vendor only when the service does. */
export function SignIn({ functionsUrl, session, problem, busy, onSignIn }: SignInProps) {
  const [token, setToken] = useState(session?.token ?? "");
  const [vendorId, setVendorId] = useState(session?.vendorId ?? "");
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);

  const submit = (event: Event) => {
    event.preventDefault();
    const cleaned = token.trim().replace(/^bearer\s+/i, "");
    if (cleaned) onSignIn({ token: cleaned, vendorId: vendorId.trim() || null });
  };
  return (
    <main class="sign-in">
      <h1>Odyssey console</h1>
      <p>
        Sign in with an Appwrite JWT: what <code>account.createJWT()</code> gives, or on a local stack{" "}
        <code>npm run token</code>. It stays in this tab and goes with it.
      </p>
      {problem && <ProblemNote problem={problem} />}
      <form onSubmit={submit}>
        <Field label="Token" grow>
          <textarea
            ref={field}
            name="token"
            rows={4}
            required
            spellcheck={false}
            autocomplete="off"
            value={token}
            onInput={(event) => setToken(event.currentTarget.value)}
          />
        </Field>
        <Field label="Vendor id (a superadmin inside a break-glass session; else leave it out)" grow>
          <input
            name="vendor"
            spellcheck={false}
            autocomplete="off"
            value={vendorId}
            onInput={(event) => setVendorId(event.currentTarget.value)}
          />
        </Field>
        <button type="submit" class="primary" disabled={busy}>{busy ? "Signing in …" : "Sign in"}</button>
      </form>
      <p class="note">
        Functions at <code>{functionsUrl}</code>
      </p>
    </main>
  );
}
