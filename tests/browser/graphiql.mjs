// GraphiQL itself. The page names its bytes by hash: npm's copies only pass when they are the same.
import assert from "node:assert/strict";
import { BAD_TOKEN, record, TOKEN } from "../conformance/desk.mjs";
import { onEveryScreen, picture, serve, URL_OF_OURS } from "./browser.mjs";

// A bad token is refused with a status that a browser complains of.
await onEveryScreen("graphiql", { cdn: serve, expected: /status of 401/ }, async (page, screen) => {
  await page.goto(`${URL_OF_OURS}/graphql`);
  // A phone is too narrow for it.
  if (screen === "phone") return page.getByLabel("Query").waitFor();
  const run = page.locator(".graphiql-execute-button");
  const answer = page.locator(".result-window");
  const query = page.locator(".graphiql-query-editor .CodeMirror");
  const show = async (name) => {
    await page.getByRole("tab", { name, exact: true }).click();
    // GraphiQL takes a moment to find out what the operation is called.
    await page.waitForFunction(
      ([editor, name]) => editor.CodeMirror.operationName === name,
      [await query.elementHandle(), name],
    );
  };
  const says = (text) => answer.filter({ hasText: text }).waitFor();

  await run.click();
  await says("IN_PROGRESS");
  assert(!(await answer.textContent()).includes('"errors"'));

  // What is recorded is seen to come, until one has had enough.
  await show("Follow");
  const [stream] = await Promise.all([page.waitForResponse(/\/graphql\/stream$/), run.click()]);
  for (let count = 0; count < 2; count++) {
    const { summary } = await record();
    await says(summary);
  }
  await page.screenshot({ path: picture("graphiql-following") });
  await Promise.all([page.waitForEvent("requestfailed", (request) => request === stream.request()), run.click()]);

  // Who writes is told what is wrong: nobody said who they are, then a token that is none, then no source.
  await show("Write");
  await run.click();
  await says("UNAUTHENTICATED");
  await page.getByRole("button", { name: "Headers" }).click();
  const headers = page.locator(".graphiql-editor-tool .CodeMirror").last();
  const authorise = async (authorization) => {
    await headers.evaluate(({ CodeMirror }, text) => CodeMirror.setValue(text), JSON.stringify({ authorization }));
    await run.click();
  };
  await authorise(BAD_TOKEN);
  await says("The token is unknown");
  await authorise(TOKEN);
  await says("Give the source");

  // The page keeps what was asked, and not the token.
  await page.waitForFunction(() => localStorage.getItem("graphiql:tabState")?.includes("recordStatus"));
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  assert(kept.includes("recordStatus"));
  for (const token of [TOKEN, BAD_TOKEN]) assert(!kept.includes(token.slice(-20)), kept);
  assert.equal(page.url(), `${URL_OF_OURS}/graphql`);
});

// A question that another page hands over is the one that it begins with.
await onEveryScreen("graphiql-handed-over", { cdn: serve }, async (page, screen) => {
  const given = { query: "query Given($ref: String!) { commitment(ref: $ref) { title } }", variables: '{"ref": "SVS-20"}' };
  await page.goto(`${URL_OF_OURS}/graphql#${new URLSearchParams(given)}`);
  if (screen === "phone") return assert.equal(await page.getByLabel("Query").inputValue(), given.query);
  await page.locator(".graphiql-query-editor .CodeMirror").filter({ hasText: "query Given" }).waitFor();
  await page.locator(".graphiql-execute-button").click();
  await page.locator(".result-window").filter({ hasText: "Anti-Knife Crime" }).waitFor();
});

// From where it is fetched, nothing else comes: the policy names the files.
await onEveryScreen("graphiql-alone", { cdn: serve, expected: /Content Security Policy/ }, async (page) => {
  await page.goto(`${URL_OF_OURS}/graphql`);
  const stopped = await page.evaluate(async () => {
    const told = new Promise((resolve) => {
      document.addEventListener("securitypolicyviolation", (event) => resolve(event.blockedURI));
    });
    document.head.append(Object.assign(document.createElement("script"), { src: "https://unpkg.com/other@1.0.0/x.js" }));
    return told;
  });
  assert.equal(stopped, "https://unpkg.com/other@1.0.0/x.js");
});
