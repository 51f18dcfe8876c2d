/** The console in a real browser, against the running stack: what each role sees, live, and what a page must not do. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import type { Browser, Page } from "playwright-core";
import { buildConsole } from "../../scripts/console/build.ts";
import { createIdentity } from "../../scripts/local/identities.ts";
import { accessibilityFaults, findChromium, launch } from "./browser.ts";
import { createJob, followJob, upload } from "./ingest_client.ts";
import { apiClient, createPerson, type Person, stack, unique } from "./people.ts";
import { startReceiver } from "./webhooks_receiver.ts";

const chromium = findChromium();
let running: Promise<Browser> | undefined;
Deno.test.afterAll(async () => await (await running)?.close());
const test = (name: string, fn: (browser: Browser) => Promise<void>) =>
  Deno.test({
    name: chromium ? `console: ${name}` : `console: ${name} (skipped: no Chromium; ODYSSEY_CHROMIUM names one)`,
    ignore: chromium === null,
    async fn() {
      // Each page has a context of its own: cookies, storage and cache of the one before are gone with it.
      const browser = await (running ??= launch());
      await fn(browser).finally(() => Promise.all(browser.contexts().map((context) => context.close())));
    },
  });

const address = `${stack.url}/console/`;
const api = await apiClient();

/** A page that keeps what the browser complains about: errors, refused scripts, alerts. */
async function open(browser: Browser, options: Parameters<Browser["newPage"]>[0] = {}, url = address) {
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    // The browser reports each refusal of the service there as well; the page shows those.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      complaints.push(message.text());
    }
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => (complaints.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(url);
  return { page, complaints, requests };
}

async function signIn(page: Page, { token }: { token: string }): Promise<void> {
  await page.getByLabel("Token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const view = (page: Page, name: string) => page.getByRole("navigation").getByRole("link", { name }).click();
const menu = (page: Page) => page.getByRole("navigation").getByRole("link").allTextContents();

/** A vendor of its own with something in each room. */
async function furnish(code: string) {
  const vendor = `console-${code}`;
  const admin = await createPerson(`${code}-admin`, { role: "vendor_admin", vendor });
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await api.ask(method, path, { token: admin.token, ...(body === undefined ? {} : { body }) });
    ok(answer.status < 300, answer.text);
    return answer.body;
  };
  await ask("POST", "/v1/products", {
    items: [
      { external_id: "html", name: "<img src=x onerror=alert(1)> Rice", brand: "<b>Mill</b>", allergens: [] },
      { external_id: "oat", name: "Rice drink", allergens: ["gluten"], nutrition: { calories: 45, sodium_mg: 40 } },
    ],
  });
  const person = { external_id: "c", full_name: "Cee", email: "cee@example.com", age: 40, gender: "female" };
  await ask("POST", "/v1/customers", { items: [person] });
  const customer = (await ask("GET", "/v1/customers")).data[0].id as string;
  await ask("POST", `/v1/customers/${customer}/consents`, { consent_type: "health_data", granted: true, version: "1" });
  await ask("PUT", `/v1/customers/${customer}/health`, {
    height_cm: 170,
    weight_kg: 70,
    age: 40,
    gender: "female",
    activity_level: "moderate",
    conditions: ["hypertension"],
    avoid_allergens: ["milk"],
  });
  return { admin, ask, customer };
}

const superadmin = () => createPerson("console-root", { role: "superadmin" });

test("a token that does not hold is refused in words; one that does stays in the tab and out of every URL", async (browser) => {
  const { page, complaints, requests } = await open(browser);
  await page.getByLabel("Token").waitFor();
  strictEqual(await page.evaluate("document.activeElement.name"), "token");
  await signIn(page, { token: "not.a.token" });
  const told = await page.getByRole("alert").textContent();
  match(told ?? "", /^.+: .+Request [\w-]{8,}/);
  deepStrictEqual(await accessibilityFaults(page), []);

  const admin = await createPerson("console-tab", { role: "vendor_admin", vendor: "console-tab" });
  await signIn(page, admin);
  await page.getByRole("heading", { name: "Ingestion jobs" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Ingestion jobs" }).waitFor();
  deepStrictEqual(requests.filter((url) => url.includes(admin.token.slice(-20))), []);
  const kept = await page.evaluate("[localStorage.length, document.cookie, sessionStorage.length]");
  deepStrictEqual(kept, [0, "", 1]);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Token").waitFor();
  strictEqual(await page.evaluate("sessionStorage.length"), 0);
  deepStrictEqual(complaints, []);
});

test("shows a job while it runs, the errors of its rows, and that the chain is intact", async (browser) => {
  const { admin } = await furnish("jobs");
  const { page, complaints } = await open(browser);
  await signIn(page, admin);
  await page.getByText("No file was ever ingested").waitFor();
  const job = await createJob(admin, { filename: "bad.csv" });
  await page.reload();
  await page.getByText("queued").waitFor();
  strictEqual(await page.getByRole("progressbar", { name: "Progress of bad.csv" }).getAttribute("value"), "0");
  // The page is told by its long poll: nothing is pressed or loaded anew from here on.
  await upload(job, new TextEncoder().encode("external_id,name,price\na,Bread,2.00\nb,,x\n"));
  await followJob(admin, job.job_id);
  await page.getByText("completed", { exact: true }).waitFor();
  strictEqual(await page.getByRole("progressbar", { name: "Progress of bad.csv" }).getAttribute("value"), "100");
  await page.getByRole("button", { name: "1 row errors" }).click();
  const errors = page.getByRole("group", { name: "Row errors" });
  await errors.getByText("invalid_price").waitFor();
  ok(await page.getByRole("link", { name: "Download errors.csv" }).getAttribute("href"));
  deepStrictEqual(await accessibilityFaults(page), []);

  await view(page, "Audit");
  await page.getByText("intact").waitFor();
  await page.getByText("consent.granted").waitFor();
  deepStrictEqual(await accessibilityFaults(page), []);
  deepStrictEqual(complaints, []);
});

test("lists dead letters and sends one again", async (browser) => {
  const { admin, ask } = await furnish("hooks");
  const receiver = startReceiver();
  receiver.answer("/hook", () => new Response("no", { status: 500 }));
  const hook = await ask("POST", "/v1/webhooks", {
    url: `${receiver.url}/hook`,
    events: ["job.completed"],
    retries_max: 0,
  });
  await ask("POST", `/v1/webhooks/${hook.id}/test`);
  await receiver.wait("/hook", 1);
  const { page, complaints } = await open(browser);
  await signIn(page, admin);
  await view(page, "Webhooks");
  await page.getByRole("combobox", { name: "Show" }).selectOption("dead");
  await page.getByText("HTTP 500").waitFor();
  deepStrictEqual(await accessibilityFaults(page), []);

  receiver.answer("/hook", () => new Response("yes"));
  await page.getByRole("button", { name: /^Redeliver/ }).click();
  await page.getByRole("status").getByText("is queued again").waitFor({ state: "attached" });
  await receiver.wait("/hook", 2);
  await page.getByRole("combobox", { name: "Show" }).selectOption("delivered");
  await page.getByRole("group", { name: "Deliveries" }).getByText("webhook.test").waitFor();
  deepStrictEqual(complaints, []);
  await receiver.stop();
});

test("searches and matches, with names as text and scores taken apart", async (browser) => {
  const { admin, customer } = await furnish("play");
  const { page, complaints } = await open(browser, { colorScheme: "dark" });
  await signIn(page, admin);
  await view(page, "Search");
  await page.getByLabel("Words").fill("rice");
  await page.keyboard.press("Enter");
  const found = page.getByRole("group", { name: "Products found" });
  await found.getByText("<img src=x onerror=alert(1)> Rice").waitFor();
  strictEqual(await page.locator("img, td b").count(), 0);
  strictEqual(await found.getByRole("row").count(), 3);
  deepStrictEqual(await accessibilityFaults(page), []);
  await page.getByLabel("None of these allergens").fill("gluten");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByText("1 shown").waitFor();
  strictEqual(await found.getByRole("row").count(), 2);

  await view(page, "Matching");
  await page.getByLabel("Customer id").fill(customer);
  await page.getByRole("button", { name: "Match" }).click();
  const first = page.getByRole("main").getByRole("listitem").first();
  await first.getByText("preference fit").waitFor();
  const points = (await first.locator("dd strong").allTextContents()).map(Number);
  const score = Number(await first.locator(".score").textContent());
  ok(Math.abs(points.reduce((sum, each) => sum + each, 0) - score) < 0.002, `${points} do not add up to ${score}`);
  deepStrictEqual(await accessibilityFaults(page), []);

  await page.getByLabel("Customer id").fill("00000000-0000-4000-8000-000000000000");
  await page.getByRole("button", { name: "Match" }).click();
  match(await page.getByRole("alert").textContent() ?? "", /^Not found: .+Request/);
  deepStrictEqual(complaints, []);
});

test("shows each role what it may see, and says plainly what it may not", async (browser) => {
  const { admin } = await furnish("roles");
  const viewer = await createPerson("roles-viewer", { role: "vendor_viewer", vendor: "console-roles" });
  const seen = async (person: Person, hash = "") => {
    const { page } = await open(browser);
    await page.goto(`${address}#/${hash}`);
    await signIn(page, person);
    await page.getByRole("main").getByRole("heading", { level: 2 }).first().waitFor();
    return { page, views: await menu(page) };
  };
  const own = await seen(viewer, "webhooks");
  deepStrictEqual(own.views, ["Ingestion", "Search"]);
  await own.page.getByRole("heading", { name: "Ingestion jobs" }).waitFor();
  deepStrictEqual((await seen(admin)).views, ["Ingestion", "Webhooks", "Audit", "Search", "Matching"]);
  const root = await seen(await superadmin());
  deepStrictEqual(root.views, ["Operations", "Audit"]);

  // A role that was taken away meanwhile: the panel says so in place of its data.
  const { page } = await seen(admin);
  await page.route(
    "**/v1/webhooks*",
    (route) => route.continue({ headers: { authorization: `Bearer ${viewer.token}` } }),
  );
  await view(page, "Webhooks");
  match(await page.getByRole("note").textContent() ?? "", /This needs the role vendor_admin/);
});

test("shows the platform to a superadmin: figures, plots, queues, alerts, lookups", async (browser) => {
  const root = await superadmin();
  for (const colorScheme of ["light", "dark"] as const) {
    const { page, complaints } = await open(browser, { colorScheme });
    await signIn(page, root);
    await page.getByRole("heading", { name: "Construction lookups" }).waitFor();
    await page.getByText("closed").waitFor();
    for (const title of ["Requests a minute, last hour", "Latency, last hour"]) {
      const plot = page.getByRole("img", { name: new RegExp(`^${title}: .+ now .+, at most`) });
      await plot.waitFor();
      strictEqual(await plot.locator("canvas").count(), 1);
      await page.getByText(`${title} as a table`).click();
      strictEqual(await page.getByRole("group", { name: title }).getByRole("row").count(), 61);
    }
    await page.getByRole("group", { name: "Queues" }).getByText("ingest").waitFor();
    deepStrictEqual(await accessibilityFaults(page), []);
    deepStrictEqual(complaints, []);
    await page.close();
  }
});

test("asks only while it can be seen and nobody has pressed Pause", async (browser) => {
  const { admin } = await furnish("quiet");
  const page = await browser.newPage();
  await page.clock.install();
  await page.goto(address);
  await signIn(page, admin);
  await page.getByText("No file was ever ingested").waitFor();
  let asked = 0;
  page.on("request", () => asked++);
  const hide = (hidden: boolean) =>
    page.evaluate(`
      Object.defineProperty(document, "hidden", { configurable: true, value: ${hidden} });
      document.dispatchEvent(new Event("visibilitychange"));`);
  const nextAnswer = () => page.waitForResponse((response) => response.url().includes("/v1/jobs"));

  await Promise.all([nextAnswer(), page.clock.runFor(11_000)]);
  await hide(true);
  asked = 0;
  await page.clock.runFor(600_000);
  strictEqual(asked, 0, "while hidden");
  await Promise.all([nextAnswer(), hide(false), page.clock.runFor(1000)]);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.clock.runFor(1000);
  asked = 0;
  await page.clock.runFor(600_000);
  strictEqual(asked, 0, "while paused");
  await Promise.all([
    nextAnswer(),
    page.getByRole("button", { name: "Resume" }).click().then(() => page.clock.runFor(1000)),
  ]);
});

test("fits a narrow screen, is walked by keyboard, and runs no script but its own", async (browser) => {
  const { admin, customer } = await furnish("narrow");
  const { page, complaints } = await open(browser, { viewport: { width: 360, height: 700 } });
  await signIn(page, admin);
  await page.getByRole("heading", { name: "Ingestion jobs" }).waitFor();
  await page.keyboard.press("Tab");
  strictEqual(await page.evaluate("document.activeElement.textContent"), "Skip to the content");
  await page.keyboard.press("Enter");
  strictEqual(await page.evaluate("document.activeElement.id"), "main");
  for (const name of await menu(page)) {
    await view(page, name);
    if (name === "Matching") {
      await page.getByLabel("Customer id").fill(customer);
      await page.getByRole("button", { name: "Match" }).click();
      await page.getByText("preference fit").first().waitFor();
    }
    const spare = await page.evaluate("document.documentElement.clientWidth - document.documentElement.scrollWidth");
    strictEqual(spare, 0, `${name} is wider than the screen`);
  }
  deepStrictEqual(complaints, []);
  const ran = await page.evaluate(`
    const script = document.createElement("script");
    try {
      script.textContent = "globalThis.ran = true";
      document.body.append(script);
    } catch {
      // Trusted types refuse it already.
    }
    "ran" in globalThis`);
  strictEqual(ran, false);
  const { headers } = await fetch(address);
  match(headers.get("content-security-policy") ?? "", /frame-ancestors 'none'/);
});

test("works from another host, allowed to talk to the configured functions and nobody else", async (browser) => {
  const site = await buildConsole(stack.functionsUrl);
  const host = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const file = site.get(new URL(request.url).pathname.slice(1) || "index.html");
    return file
      ? new Response(file.content, { headers: { "Content-Type": file.type } })
      : new Response("", { status: 404 });
  });
  const { page, complaints } = await open(browser, {}, `http://127.0.0.1:${host.addr.port}/`);
  await signIn(page, await createPerson("console-static", { role: "vendor_viewer", vendor: "console-static" }));
  await page.getByText("No file was ever ingested").waitFor();
  deepStrictEqual(complaints, []);
  const elsewhere = "fetch('http://localhost:9/').then(() => 'sent', () => 'refused')";
  strictEqual(await page.evaluate(elsewhere), "refused");
  match(complaints.join(), /Content Security Policy/);
  await page.close();
  await host.shutdown();
});

test("lets a member of several vendors choose", async (browser) => {
  const settings = {
    SUPABASE_DB_URL: stack.databaseUrl,
    APPWRITE_JWT_SECRET: Deno.env.get("APPWRITE_JWT_SECRET")!,
  };
  const userId = `console-both-${unique}`;
  const join = (vendor: string, role: "vendor_admin" | "vendor_viewer") =>
    createIdentity(settings, { userId, role, vendor: `${vendor}-${unique}` });
  await join("console-one", "vendor_admin");
  const person = await join("console-two", "vendor_viewer");
  const { page, complaints } = await open(browser);
  await signIn(page, person);
  await page.getByRole("combobox", { name: "Vendor" }).selectOption(`console-one-${unique} (admin)`);
  deepStrictEqual(await accessibilityFaults(page), []);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation").getByRole("link", { name: "Webhooks" }).waitFor();
  await page.getByRole("combobox", { name: "Vendor" }).selectOption(`console-two-${unique}`);
  await page.getByText("viewer").waitFor();
  deepStrictEqual(await menu(page), ["Ingestion", "Search"]);
  deepStrictEqual(complaints, []);
});
