import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** What an address is to us: somebody's public server, this machine, or none of our business. */
export type AddressKind = "public" | "loopback" | "refused";

/**
 * Sorts an IP address. Only plain unicast counts as public: private, link-local (with the clouds' metadata services),
 * carrier-grade NAT, multicast, documentation, benchmarking and reserved ranges do not, nor does any IPv6 form that
 * holds or reaches an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo, ISATAP): it could name anything.
 *
 * @example
 * ```ts
 * addressKind("::ffff:169.254.169.254"); // "refused"
 * ```
 */
export function addressKind(text: string): AddressKind {
  // Zones name a link of this machine; ipaddr.js reads short forms such as 127.1, which nothing resolves to.
  if (text.includes("%") || isIP(text) === 0) return "refused";
  const address = ipaddr.parse(text);
  const range = address.range();
  if (range === "loopback") return "loopback";
  if (range !== "unicast") return "refused";
  if (address instanceof ipaddr.IPv6) return isGlobalV6(address) ? "public" : "refused";
  return address.toString() === azureWireServer ? "refused" : "public";
}

/** A public address that inside Azure is the host's own service. */
const azureWireServer = "168.63.129.16";

/** Global unicast is 2000::/3 alone; of the rest nothing is assigned, and ::/96 is the old IPv4-compatible form. */
function isGlobalV6(address: ipaddr.IPv6): boolean {
  const isIsatap = (address.parts[4]! & 0xfdff) === 0 && address.parts[5] === 0x5efe;
  return address.parts[0]! >> 13 === 1 && !isIsatap;
}
