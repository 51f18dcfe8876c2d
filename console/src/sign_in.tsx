/** @jsxImportSource preact */
import { useEffect, useRef, useState } from "preact/hooks";
import { Field, ProblemNote } from "./parts.tsx";
import type { Problem } from "./problem.ts";
import type { Session } from "./session.ts";
import type { Membership } from "./types.ts";

interface SignInProps {
  functionsUrl: string;
  session: Session | null;
  problem: Problem | null;
  /** The vendors to choose from, where the service asks which. */
  choices: Membership[];
  busy: boolean;
  onSignIn: (session: Session) => void;
}

/** Takes an Appwrite JWT; asks for a vendor only when the service does. */
export function SignIn({ functionsUrl, session, problem, choices, busy, onSignIn }: SignInProps) {
  const [token, setToken] = useState(session?.token ?? "");
  const [vendorId, setVendorId] = useState(session?.vendorId ?? "");
  const field = useRef<HTMLTextAreaElement>(null);
  const vendor = useRef<HTMLSelectElement>(null);
  useEffect(() => (choices.length > 0 ? vendor.current : field.current)?.focus(), []);

  const chooseVendor = (event: { currentTarget: { value: string } }) => setVendorId(event.currentTarget.value);
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
        {choices.length > 0
          ? (
            <Field label="Vendor" grow>
              <select ref={vendor} name="vendor" required value={vendorId} onChange={chooseVendor}>
                <option value="">Choose one of yours</option>
                {choices.map(({ vendor_id, vendor_name, role }) => (
                  <option key={vendor_id} value={vendor_id}>{vendor_name} ({role.replace("vendor_", "")})</option>
                ))}
              </select>
            </Field>
          )
          : (
            <Field label="Vendor id, only for a superadmin inside a break-glass session" grow>
              <input name="vendor" spellcheck={false} autocomplete="off" value={vendorId} onInput={chooseVendor} />
            </Field>
          )}
        <button type="submit" class="primary" disabled={busy}>{busy ? "Signing in …" : "Sign in"}</button>
      </form>
      <p class="note">
        Functions at <code>{functionsUrl}</code>
      </p>
    </main>
  );
}
