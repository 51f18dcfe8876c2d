import { LRUCache } from "lru-cache";
import type { Sql } from "../../_shared/database.ts";
import type { Endpoint } from "./deliver.ts";

/** An endpoint as it is claimed: `secrets_key` names the secrets that sign for it now. */
export interface ClaimedEndpoint {
  id: string;
  url: string;
  secrets_key: string;
}

/** Secrets of the endpoints this process sent to lately. A rotation changes the key, so what is kept is never stale. */
export class SecretCache {
  readonly #known = new LRUCache<string, string[]>({ max: 1000, ttl: 600_000 });

  /** The endpoints with their secrets, by id; one that was removed meanwhile is left out. */
  async complete(sql: Sql, endpoints: readonly ClaimedEndpoint[]): Promise<Map<string, Endpoint>> {
    const found = new Map<string, Endpoint>();
    const unknown: ClaimedEndpoint[] = [];
    for (const endpoint of endpoints) {
      const secrets = this.#known.get(endpoint.secrets_key);
      if (secrets) found.set(endpoint.id, { id: endpoint.id, url: endpoint.url, secrets });
      else unknown.push(endpoint);
    }
    if (unknown.length === 0) return found;
    const [row] = await sql<{ read: Record<string, string[]> }[]>`
      select app.read_webhook_secrets(${unknown.map(({ id }) => id)}) as read`;
    for (const { id, url, secrets_key } of unknown) {
      const secrets = row!.read[id];
      if (!secrets) continue;
      this.#known.set(secrets_key, secrets);
      found.set(id, { id, url, secrets });
    }
    return found;
  }
}
