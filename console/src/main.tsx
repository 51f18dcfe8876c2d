/// <reference no-default-lib="true" />
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="esnext" />
/** @jsxImportSource preact */
/** The console: what the backend does right now, for whoever may see it. docs/console.md */
import { render } from "preact";
import { App } from "./app.tsx";
import { loadConfig } from "./config.ts";

const root = document.getElementById("app")!;
try {
  const { functions_url } = await loadConfig();
  render(<App functionsUrl={functions_url} />, root);
} catch (error) {
  render(<p class="problem" role="alert">The console is not set up: {String(error)}</p>, root);
}
