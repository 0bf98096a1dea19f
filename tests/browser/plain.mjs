// Our own editor: there when the CDN refuses, when it keeps silent, and as text for a browser without scripts.
import assert from "node:assert/strict";
import { onEveryScreen, refuse, serve, URL_OF_OURS } from "./browser.mjs";

const EDITOR = `${URL_OF_OURS}/graphql`;

await onEveryScreen("plain", { cdn: refuse }, async (page) => {
  await page.goto(EDITOR);
  const state = page.getByRole("status");
  const answer = page.getByRole("region", { name: "Answer" }).last();

  await page.getByRole("button", { name: "Run" }).click();
  await state.filter({ hasText: "200" }).waitFor();
  const { data, errors } = JSON.parse(await answer.textContent());
  assert.equal(errors, undefined);
  assert.equal(data.commitment.status, "IN_PROGRESS");
  assert(data.commitment.citations.some(({ paragraph }) => paragraph === 17));
  assert.equal(data.fund.reconciliation.state, "BALANCED");

  // By keyboard, with a variable; then something that cannot be asked.
  await page.getByLabel("Variables").fill('{"ref": "SVS-20"}');
  await page.keyboard.press("Control+Enter");
  await answer.filter({ hasText: "Anti-Knife Crime" }).waitFor();
  await page.getByLabel("Variables").fill("{");
  await page.keyboard.press("Control+Enter");
  await answer.filter({ hasText: "SyntaxError" }).waitFor();

  await page.getByLabel("Variables").fill("{}");
  await page.keyboard.press("Control+Enter");
  await state.filter({ hasText: "200" }).waitFor();
});

let release;
const later = new Promise((resolve) => (release = resolve));
await onEveryScreen("plain-late", { cdn: (route) => later.then(() => serve(route)) }, async (page, screen) => {
  await page.clock.install();
  await page.goto(EDITOR, { waitUntil: "domcontentloaded" });
  // A phone asks the CDN for nothing, and need not wait.
  if (screen === "phone") return page.getByLabel("Query").waitFor();
  await page.getByText("One moment").waitFor();
  await page.clock.fastForward("00:06");
  await page.getByLabel("Query").waitFor();
  // What comes too late changes nothing.
  release();
  await page.waitForLoadState("load");
  await page.getByLabel("Query").waitFor();
});

await onEveryScreen("plain-no-scripts", { javaScriptEnabled: false }, async (page) => {
  await page.goto(EDITOR);
  await page.locator("noscript pre", { hasText: "curl" }).waitFor();
});
