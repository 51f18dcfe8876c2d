/** @jsxImportSource preact */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Api } from "./api.ts";
import { Live, useVisible } from "./live.ts";
import { Announce, Badge } from "./parts.tsx";
import type { Me } from "./types.ts";
import { type View, views } from "./views.ts";

interface ShellProps {
  api: Api;
  me: Me;
  functionsUrl: string;
  onVendor: (vendorId: string | null) => void;
  onSignOut: () => void;
}

/** The frame: who is signed in, the views this role may see, and the one that is open. Only that one asks for data. */
export function Shell({ api, me, functionsUrl, onVendor, onSignOut }: ShellProps) {
  const visible = useVisible();
  const [paused, setPaused] = useState(false);
  const [said, setSaid] = useState("");
  const open = views.filter(({ isFor }) => isFor(me));
  const view = useView(open);
  const announce = useCallback((text: string) => setSaid(text), []);
  const main = useRef<HTMLElement>(null);
  const needsVendor = me.vendor === null && me.memberships.length > 0;

  return (
    <Live.Provider value={visible && !paused}>
      <Announce.Provider value={announce}>
        <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
          Skip to the content
        </a>
        <header class="top">
          <strong class="brand">Odyssey</strong>
          <nav aria-label="Views">
            {open.map(({ slug, title }) => (
              <a key={slug} href={`#/${slug}`} aria-current={slug === view?.slug ? "page" : undefined}>{title}</a>
            ))}
          </nav>
          <div class="who">
            {me.memberships.length > 1 && <VendorChoice me={me} onVendor={onVendor} />}
            {me.memberships.length <= 1 && me.vendor && <span class="vendor">{me.vendor.name}</span>}
            {me.role && <Badge tone="plain">{me.role.replace("vendor_", "")}</Badge>}
            <button type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
              {paused ? "Resume" : "Pause"}
            </button>
            <button type="button" onClick={onSignOut}>Sign out</button>
          </div>
        </header>
        <main id="main" tabIndex={-1} ref={main}>
          <h1 class="unseen">{view?.title ?? "Nothing to see"}</h1>
          {view ? <view.Content key={view.slug} api={api} me={me} /> : (
            <p class="empty">
              {needsVendor ? "Choose a vendor above." : `There is nothing here for the role ${me.role ?? "you have"}.`}
            </p>
          )}
        </main>
        <footer>
          <span>{signedInAs(me)}</span>
          <span>
            <code>{functionsUrl}</code>
          </span>
          <span>{paused ? "Paused" : "Refreshes by itself while this tab is visible"}</span>
        </footer>
        <div class="unseen" role="status" aria-live="polite">{said}</div>
      </Announce.Provider>
    </Live.Provider>
  );
}

function VendorChoice({ me, onVendor }: { me: Me; onVendor: ShellProps["onVendor"] }) {
  return (
    <label class="inline">
      <span class="unseen">Vendor</span>
      <select value={me.vendor?.id ?? ""} onChange={(event) => onVendor(event.currentTarget.value || null)}>
        {!me.vendor && <option value="">Choose a vendor</option>}
        {me.memberships.map(({ vendor_id, vendor_name }) => (
          <option key={vendor_id} value={vendor_id}>{vendor_name}</option>
        ))}
      </select>
    </label>
  );
}

function signedInAs({ user }: Me): string {
  return `Signed in as ${user?.display_name ?? user?.email ?? user?.appwrite_user_id ?? "a service client"}`;
}

/** The view that the address names after its "#/"; the first one when it names none that is open. */
function useView(open: View[]): View | undefined {
  const [slug, setSlug] = useState(() => location.hash.slice(2));
  useEffect(() => {
    const read = () => setSlug(location.hash.slice(2));
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  const view = open.find((each) => each.slug === slug) ?? open[0];
  useEffect(() => void (document.title = view ? `${view.title} · Odyssey console` : "Odyssey console"), [view?.slug]);
  return view;
}
