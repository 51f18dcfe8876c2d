/**
 * A typed client: paths, parameters, bodies and answers are checked by the compiler. First make the types beside this
 * file: `npm run client -- --out docs/examples/odyssey.d.ts`. Then, with a stack running:
 * `ODYSSEY_TOKEN=$(npm run --silent token -- --user olga --role vendor_operator) deno run -A docs/examples/client.ts`
 */
import createClient from "openapi-fetch";
import type { paths } from "./odyssey.d.ts";

const baseUrl = `${Deno.env.get("SUPABASE_URL") ?? "http://127.0.0.1:54321"}/functions/v1/api`;
const api = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${Deno.env.get("ODYSSEY_TOKEN")}` } });

const stored = await api.POST("/v1/products", {
  params: { header: { "Idempotency-Key": crypto.randomUUID() } },
  body: { items: [{ external_id: "OAT-1L", name: "Oat drink", price: "3.50", allergens: ["gluten"] }] },
});
if (stored.error) throw new Error(`${stored.error.title}: ${stored.error.detail}`);
console.log(`${stored.data.received} received, ${stored.data.failed} failed`);

const found = await api.GET("/v1/search/products", { params: { query: { q: "oat", limit: 5 } } });
if (found.error) throw new Error(found.error.detail);
for (const { name, price, currency } of found.data.data) console.log(`${name}: ${price} ${currency}`);
