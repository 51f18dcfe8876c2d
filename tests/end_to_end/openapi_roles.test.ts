/**
 * Every operation of the served documents, tried as everybody: who is let in follows from the document alone, so a
 * route that is added later is held to its own words.
 */
import { ok, strictEqual } from "node:assert";
import { apiClient, constructionClient, createPerson, createStranger, superIdsClient } from "./people.ts";

const order = ["vendor_viewer", "vendor_operator", "vendor_admin"];
const members = {
  vendor_viewer: await createPerson("vic", { role: "vendor_viewer", vendor: "acme" }),
  vendor_operator: await createPerson("olga", { role: "vendor_operator", vendor: "acme" }),
  vendor_admin: await createPerson("ada", { role: "vendor_admin", vendor: "acme" }),
};
const outsiders = {
  superadmin: await createPerson("root", { role: "superadmin" }),
  client: await createPerson("agent", { role: "client", permissions: [] }),
};

const nobody = await createStranger("nemo");

// deno-lint-ignore no-explicit-any
type Json = any;

for (
  const [name, client] of [["api", await apiClient()], ["super_ids", await superIdsClient()], [
    "construction",
    await constructionClient(),
  ]] as const
) {
  for (const [path, item] of Object.entries<Json>(client.document.paths)) {
    for (const [verb, operation] of Object.entries<Json>(item)) {
      const method = verb.toUpperCase();
      const concrete = path.replace("{kind}", "allergens").replace("{mode}", "products").replaceAll(
        /{\w+}/g,
        crypto.randomUUID(),
      );
      // A body that is valid JSON but no good input: nothing may be changed by these tests.
      const body = operation.requestBody ? { body: { "no such field": true } } : {};
      const ask = (token?: string) =>
        client.ask(method, concrete, { ...body, ...(token === undefined ? {} : { token }) });
      const refused = (status: number, who: string) => ok(status === 401 || status === 403, `${who} got ${status}`);
      const admitted = (status: number, who: string) =>
        ok(status !== 401 && status !== 403 && status < 500, `${who} got ${status}`);

      Deno.test(`roles, ${name}: ${method} ${path}`, async () => {
        if (operation.security.length === 0) return admitted((await ask()).status, "anybody");
        strictEqual((await ask()).status, 401);
        const { "x-access": access, "x-minimum-role": minimum } = operation;
        const open = ["known", "signed-in", "identified"].includes(access);
        for (const [role, { token }] of Object.entries(members)) {
          const enough = minimum === undefined ? open : order.indexOf(role) >= order.indexOf(minimum);
          (enough ? admitted : refused)((await ask(token)).status, role);
        }
        const isPlatform = access === "superadmin" || operation["x-or-superadmin"] === true;
        (open || isPlatform ? admitted : refused)((await ask(outsiders.superadmin.token)).status, "superadmin");
        (open ? admitted : refused)((await ask(outsiders.client.token)).status, "client");
        const stranger = await ask(nobody.token);
        if (access === "signed-in" || access === "identified") admitted(stranger.status, "a stranger");
        else strictEqual(stranger.status, access === "monitoring" ? 401 : 403, "a stranger");
      });
    }
  }
}
