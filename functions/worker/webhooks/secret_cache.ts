import { LRUCache } from "lru-cache";
import type { Sql } from "../../_shared/database.ts";
import type { Delivery } from "./deliver.ts";

/** Secrets of the endpoints this process sent to lately. A rotation changes the key, so what is kept is never stale. */
export class SecretCache {
  readonly #known = new LRUCache<string, string[]>({ max: 1000, ttl: 600_000 });

  /** The secrets that sign for the deliveries, by their key; those of an endpoint removed meanwhile are left out. */
  async secretsOf(sql: Sql, deliveries: readonly Delivery[]): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    const unknown = new Map<string, string>();
    for (const { endpoint_id, secrets_key } of deliveries) {
      if (found.has(secrets_key)) continue;
      const secrets = this.#known.get(secrets_key);
      if (secrets) found.set(secrets_key, secrets);
      else unknown.set(endpoint_id, secrets_key);
    }
    if (unknown.size === 0) return found;
    const [row] = await sql<{ read: Record<string, string[]> }[]>`
      select app.read_webhook_secrets(${[...unknown.keys()]}) as read`;
    for (const [endpointId, key] of unknown) {
      const secrets = row!.read[endpointId];
      if (!secrets) continue;
      this.#known.set(key, secrets);
      found.set(key, secrets);
    }
    return found;
  }
}
