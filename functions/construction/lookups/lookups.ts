import { LRUCache } from "lru-cache";
import { toSlug } from "../catalogue/questions_for.ts";
import { InvalidSlugError, MicroServiceNotFoundError, toLookupError, type UuidLookupError } from "./errors.ts";
import { type Circuit, createGuard, type Patience, usualPatience } from "./guard.ts";
import type { LookupSource } from "./micro_service_source.ts";
import type { Telemetry } from "./telemetry.ts";

/** What became of one lookup. Without a uuid the job goes by the slug alone, and `error` says why. */
export interface Lookup {
  slug: string;
  microUuid: string | null;
  source: "cache" | "database" | "fallback";
  error?: UuidLookupError;
}

export interface LookupOptions {
  source: LookupSource;
  telemetry: Telemetry;
  patience?: Partial<Patience>;
  cacheMs?: number;
  /** Told of failures that are mistakes rather than outages. */
  report?: (error: unknown) => void;
}

export interface Lookups {
  /** The uuid of one service; never fails for want of a database. */
  lookup(slug: string): Promise<Lookup>;
  /** Many at once: whatever is not known yet costs one query together. */
  lookupMany(slugs: readonly string[]): Promise<Lookup[]>;
  /** Fills the cache with every service; resolves to how many, 0 when the database is away. */
  warm(): Promise<number>;
  state(): { circuit: Circuit; cached: number; pending: number };
}

const halfAnHour = 30 * 60 * 1000;
/** A slug that no service has is asked for again sooner: it may be added any time. */
const unknownMs = 60_000;

/**
 * The way from a slug to its uuid: cache, then circuit breaker, then the database with retries, then the slug alone.
 * All of it is this isolate's: another one has its own cache and its own circuit.
 */
export function createLookups(options: LookupOptions): Lookups {
  const { source, telemetry, cacheMs = halfAnHour, report = () => {} } = options;
  const cache = new LRUCache<string, { uuid: string | null }>({ max: 5000, ttl: cacheMs, ttlResolution: 0 });
  const pending = new Map<string, Promise<string | null>>();
  const guard = createGuard(
    { ...usualPatience, ...options.patience },
    (state) => telemetry.record("uuid_lookup_circuit", { state }),
  );

  const remember = (slug: string, uuid: string | null) =>
    cache.set(slug, { uuid }, uuid === null ? { ttl: Math.min(unknownMs, cacheMs) } : {});

  /** One query for all of them; whoever asks for one of them meanwhile waits for the same answer. */
  function ask(slugs: string[]): void {
    if (slugs.length === 0) return;
    const answer = guard.execute((signal) => source.find(slugs, signal)).then((found) => {
      for (const slug of slugs) remember(slug, found.get(slug) ?? null);
      return found;
    }).catch((error) => {
      const fault = toLookupError(error);
      if (fault.recovery === "use_slug_and_report") report(fault);
      throw fault;
    });
    for (const slug of slugs) {
      const own = answer.then((found) => found.get(slug) ?? null).finally(() => pending.delete(slug));
      own.catch(() => {});
      pending.set(slug, own);
    }
  }

  async function settle(slug: string, cached: { uuid: string | null } | undefined): Promise<Lookup> {
    try {
      const uuid = cached ? cached.uuid : await pending.get(slug)!;
      if (uuid === null) throw new MicroServiceNotFoundError(slug);
      return { slug, microUuid: uuid, source: cached ? "cache" : "database" };
    } catch (error) {
      return { slug, microUuid: null, source: "fallback", error: toLookupError(error) };
    }
  }

  async function lookupMany(given: readonly string[]): Promise<Lookup[]> {
    const started = performance.now();
    const slugs = [...new Set(given.map(requireSlug))];
    const cached = new Map(slugs.map((slug) => [slug, cache.get(slug)]));
    ask(slugs.filter((slug) => !cached.get(slug) && !pending.has(slug)));
    const lookups = await Promise.all(slugs.map((slug) => settle(slug, cached.get(slug))));
    const lookup_time_ms = Math.round((performance.now() - started) * 1000) / 1000;
    for (const lookup of lookups) {
      telemetry.record("uuid_lookup", {
        slug: lookup.slug,
        success: lookup.microUuid !== null,
        cache_hit: cached.get(lookup.slug) !== undefined,
        fallback_used: lookup.source === "fallback",
        lookup_time_ms,
        ...(lookup.error ? { error: lookup.error.code } : {}),
      });
    }
    return lookups;
  }

  return {
    lookupMany,
    lookup: async (slug) => (await lookupMany([slug]))[0]!,
    async warm() {
      try {
        const all = await source.all();
        for (const [slug, uuid] of all) remember(slug, uuid);
        return all.size;
      } catch {
        return 0;
      }
    },
    state: () => ({ circuit: guard.circuit(), cached: cache.size, pending: pending.size }),
  };
}

function requireSlug(given: string): string {
  const slug = toSlug(given);
  if (slug === null) throw new InvalidSlugError(given);
  return slug;
}
