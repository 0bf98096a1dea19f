// Our own editor: there when the CDN refuses, when it keeps silent, and as text for a browser without scripts.
import assert from "node:assert/strict";
import { BAD_TOKEN, record, TOKEN } from "../conformance/desk.mjs";
import { onEveryScreen, picture, refuse, serve, URL_OF_OURS } from "./browser.mjs";

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

// A bad token is refused with a status that a browser complains of.
await onEveryScreen("plain-writing", { cdn: refuse, expected: /status of 401/ }, async (page, screen) => {
  await page.goto(EDITOR);
  const answer = page.getByRole("region", { name: "Answer" }).last();
  const run = page.getByRole("button", { name: "Run" });
  const stop = page.getByRole("button", { name: "Stop" });
  const state = (text) => page.getByRole("status").filter({ hasText: text }).waitFor();
  const begin = (label) => page.getByLabel("Begin with").selectOption({ label });
  const told = async () => JSON.parse(await answer.textContent());

  // What is recorded is seen to come, the newest on top, until one has had enough.
  await begin("what is recorded, as it comes");
  const [stream] = await Promise.all([page.waitForResponse(/\/graphql\/stream$/), run.click()]);
  await state("none so far");
  const entries = [await record(), await record()];
  await state("2 so far");
  const text = await answer.textContent();
  assert(text.includes(entries[0].summary));
  assert(text.indexOf(entries[1].summary) < text.indexOf(entries[0].summary));
  await page.screenshot({ path: picture(`plain-following-${screen}`), fullPage: true });
  await Promise.all([page.waitForEvent("requestfailed", (request) => request === stream.request()), stop.click()]);
  await state("2, stopped");
  await stop.waitFor({ state: "hidden" });

  // What cannot be followed says why.
  await page.getByLabel("Query").fill("subscription { changes(after: \"nothing\") { cursor } }");
  await run.click();
  await state("no more to come");
  assert.equal((await told()).errors[0].extensions.code, "INVALID_CURSOR");

  // Who writes is told what is wrong: nobody said who they are, then a token that is none, then no source.
  await begin("something to record");
  await run.click();
  await state("200");
  assert.equal((await told()).errors[0].extensions.code, "UNAUTHENTICATED");
  const token = page.getByLabel("Token");
  await token.fill(BAD_TOKEN.slice("Bearer ".length));
  await run.click();
  await state("401");
  assert.equal((await told()).errors[0].message, "The token is unknown, has expired or was revoked.");
  await token.fill(TOKEN.slice("Bearer ".length));
  await run.click();
  await state("200");
  assert.match((await told()).data.recordStatus.problems[0].message, /^Give the source/);
  // What was written meanwhile is still there.
  await begin("what is recorded, as it comes");
  assert((await page.getByLabel("Query").inputValue()).includes("nothing"));

  // Nothing is kept.
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  assert.equal(page.url(), EDITOR);
  await begin("something to record");
  await page.screenshot({ path: picture(`plain-refused-${screen}`), fullPage: true });
  await page.reload();
  assert.equal(await token.inputValue(), "");
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

// Another page may hand over its question, which is there to be sent; and nothing of it runs before.
await onEveryScreen("plain-handed-over", { cdn: refuse }, async (page) => {
  await page.goto(`${URL_OF_OURS}/commitments/SVS-19?asOf=2019-06-30`);
  await page.getByText("The same from the API").click();
  const shown = await page.locator("footer pre code").first().textContent();
  const asked = [];
  page.on("request", (request) => request.method() === "POST" && asked.push(request.url()));
  await page.getByRole("link", { name: "Open it in the editor" }).click();
  const query = page.getByLabel("Query");
  await query.waitFor();
  assert.equal(await query.inputValue(), shown);
  assert.deepEqual(JSON.parse(await page.getByLabel("Variables").inputValue()), { ref: "SVS-19", asOf: "2019-06-30" });
  assert.deepEqual(asked, []);
  await page.getByRole("button", { name: "Run" }).click();
  await page.getByRole("status").filter({ hasText: "200" }).waitFor();
  const answer = JSON.parse(await page.getByRole("region", { name: "Answer" }).last().textContent());
  assert.equal(answer.errors, undefined);
  assert.equal(answer.data.commitment.statusUpdate.effectiveOn, "2019-05-09");
});
