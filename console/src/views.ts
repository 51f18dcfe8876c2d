import type { ComponentType } from "preact";
import type { Api } from "./api.ts";
import type { Me } from "./types.ts";
import { Audit } from "./views/audit.tsx";
import { Ingestion } from "./views/ingestion.tsx";
import { Matching } from "./views/matching.tsx";
import { Operations } from "./views/operations.tsx";
import { Search } from "./views/search.tsx";
import { Webhooks } from "./views/webhooks.tsx";

export interface ViewProps {
  api: Api;
  me: Me;
}

export interface View {
  slug: string;
  title: string;
  /** Spares people what they would be refused; the service decides all the same. */
  isFor: (me: Me) => boolean;
  Content: ComponentType<ViewProps>;
}

const ranks = ["vendor_viewer", "vendor_operator", "vendor_admin", "superadmin"];

/** In a vendor with at least this role; a superadmin counts as an admin there. */
const inVendor = (role: string) => (me: Me) =>
  me.vendor !== null && ranks.indexOf(me.role ?? "") >= ranks.indexOf(role);
const isSuperadmin = (me: Me) => me.role === "superadmin";

/** In the order of the menu. */
export const views: View[] = [
  { slug: "operations", title: "Operations", isFor: isSuperadmin, Content: Operations },
  { slug: "ingestion", title: "Ingestion", isFor: inVendor("vendor_viewer"), Content: Ingestion },
  { slug: "webhooks", title: "Webhooks", isFor: inVendor("vendor_admin"), Content: Webhooks },
  {
    slug: "audit",
    title: "Audit",
    isFor: (me) => isSuperadmin(me) || inVendor("vendor_admin")(me),
    Content: Audit,
  },
  { slug: "search", title: "Search", isFor: inVendor("vendor_viewer"), Content: Search },
  { slug: "matching", title: "Matching", isFor: inVendor("vendor_operator"), Content: Matching },
];
