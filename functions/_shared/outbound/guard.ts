import { isIP } from "node:net";
import { lookup } from "node:dns/promises";
import { addressKind } from "./address.ts";
import { OutboundFailed, OutboundRefused } from "./refused.ts";
import { settings } from "../settings.ts";

/** Where requests that others give us URLs for may go. */
export interface OutboundPolicy {
  /** Plain http, loopback addresses and any port as well: for development on one machine. */
  allowLocal: boolean;
  ports: readonly number[];
}

/** Finds the addresses of a host name. */
export type Resolve = (hostname: string) => Promise<string[]>;

export function outboundPolicy(): OutboundPolicy {
  const { ODYSSEY_OUTBOUND_LOCAL, ODYSSEY_OUTBOUND_PORTS } = settings();
  return { allowLocal: ODYSSEY_OUTBOUND_LOCAL === "true", ports: ODYSSEY_OUTBOUND_PORTS };
}

/** Reads a URL, or throws OutboundRefused. What its host name leads to is checked by `checkedAddresses`, each time. */
export function checkUrl(text: string, policy: OutboundPolicy): URL {
  const url = URL.parse(text);
  if (!url) throw new OutboundRefused("is not a URL");
  if (url.protocol !== "https:" && !(policy.allowLocal && url.protocol === "http:")) {
    throw new OutboundRefused("must be an https URL");
  }
  if (url.username || url.password) throw new OutboundRefused("must hold no user name or password");
  if (!policy.allowLocal && !policy.ports.includes(portOf(url))) {
    throw new OutboundRefused(`must use port ${policy.ports.join(" or ")}`);
  }
  const host = bareHost(url);
  if (isIP(host)) requireReachable(host, policy);
  else if (!policy.allowLocal && !/\.[^.]*[a-z][^.]*$/i.test(host.replace(/\.$/, ""))) {
    throw new OutboundRefused("must name a public host");
  }
  return url;
}

/** The addresses of a URL's host, resolved once and each of them checked: one that is refused refuses them all. */
export async function checkedAddresses(
  url: URL,
  policy: OutboundPolicy,
  resolve: Resolve = resolveByPlatform,
): Promise<string[]> {
  const host = bareHost(url);
  const addresses = isIP(host) ? [host] : await resolve(host);
  if (addresses.length === 0) throw new OutboundFailed("the host name has no address");
  for (const address of addresses) requireReachable(address, policy);
  // Not every place functions run in speaks IPv6.
  return addresses.sort((a, b) => isIP(a) - isIP(b));
}

/** The port as written, 0 too, which is none to connect to; else the scheme's. */
export const portOf = (url: URL): number => Number(url.port || (url.protocol === "https:" ? 443 : 80));

/** The host without the brackets of an IPv6 address. */
export const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "");

function requireReachable(address: string, { allowLocal }: OutboundPolicy): void {
  const kind = addressKind(address);
  if (kind === "public" || (kind === "loopback" && allowLocal)) return;
  throw new OutboundRefused("leads to an address that is not public");
}

async function resolveByPlatform(hostname: string): Promise<string[]> {
  try {
    return (await lookup(hostname, { all: true })).map(({ address }) => address);
  } catch (cause) {
    throw new OutboundFailed("the host name could not be resolved", { cause });
  }
}
