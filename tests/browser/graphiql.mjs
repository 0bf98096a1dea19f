// GraphiQL, served from here, on a phone and on a desk.
import assert from "node:assert/strict";
import { BAD_TOKEN, record, TOKEN } from "../conformance/desk.mjs";
import { onEveryScreen, picture, URL_OF_OURS } from "./browser.mjs";

// A bad token is refused with a status that a browser complains of.
await onEveryScreen("graphiql", { expected: /status of 401/ }, async (page) => {
  await page.goto(`${URL_OF_OURS}/graphql`);
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

  // Recorded changes appear until the subscription is stopped.
  await show("Follow");
  const [stream] = await Promise.all([page.waitForResponse(/\/graphql\/stream$/), run.click()]);
  for (let count = 0; count < 2; count++) {
    const { summary } = await record();
    await says(summary);
  }
  await page.screenshot({ path: picture("graphiql-following") });
  await Promise.all([page.waitForEvent("requestfailed", (request) => request === stream.request()), run.click()]);

  // A mutation shows each error: first no token, then a wrong token, then no source.
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

  // The page stores the query, and not the token.
  await page.waitForFunction(() => localStorage.getItem("graphiql:tabState")?.includes("recordStatus"));
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  assert(kept.includes("recordStatus"));
  for (const token of [TOKEN, BAD_TOKEN]) assert(!kept.includes(token.slice(-20)), kept);
  assert.equal(page.url(), `${URL_OF_OURS}/graphql`);
});

// Another page passes its query, which is there to be sent; nothing of it runs before.
await onEveryScreen("graphiql-passed", {}, async (page) => {
  await page.goto(`${URL_OF_OURS}/commitments/SVS-19?asOf=2019-06-30`);
  await page.getByText("The same from the API").click();
  const shown = await page.locator("footer pre code").first().textContent();
  const asked = [];
  page.on("request", (request) => request.method() === "POST" && asked.push(request.postDataJSON().operationName));
  await page.getByRole("link", { name: "Open it in the editor" }).click();
  const editor = (number) => page.locator(".graphiql-editor .CodeMirror, .graphiql-query-editor .CodeMirror").nth(number);
  await editor(0).waitFor();
  assert.equal(await editor(0).evaluate(({ CodeMirror }) => CodeMirror.getValue()), shown);
  const variables = await editor(1).evaluate(({ CodeMirror }) => CodeMirror.getValue());
  assert.deepEqual(JSON.parse(variables), { ref: "SVS-19", asOf: "2019-06-30" });
  assert.deepEqual(asked.filter((name) => name !== "IntrospectionQuery"), []);
  await page.locator(".graphiql-execute-button").click();
  await page.locator(".result-window").filter({ hasText: "commitment" }).waitFor();
  // Only the lines in sight are elements of the page.
  const answer = await page.locator(".result-window .CodeMirror").evaluate(({ CodeMirror }) => CodeMirror.getValue());
  const { data, errors } = JSON.parse(answer);
  assert.equal(errors, undefined);
  assert.equal(data.record.commitment.statusUpdate.effectiveOn, "2019-05-09");
});

// A question of the menu opens beside what is there, and is answered.
await onEveryScreen("graphiql-question", {}, async (page) => {
  await page.goto(`${URL_OF_OURS}/graphql`);
  await page.locator(".graphiql-execute-button").waitFor();
  for (const [name, operation] of [["Who received how much?", "Money"], ["Where do sources not agree?", "Disagreements"]]) {
    await page.getByText("Questions to start from").click();
    await Promise.all([page.waitForEvent("load"), page.getByRole("link", { name }).click()]);
    await page.getByRole("tab", { name: operation, selected: true }).waitFor();
    // GraphiQL stores its tabs after a moment.
    await page.waitForFunction((text) => localStorage.getItem("graphiql:tabState")?.includes(text), `query ${operation}`);
  }
  await page.locator(".graphiql-execute-button").click();
  await page.locator(".result-window").filter({ hasText: "discrepancies" }).waitFor();
  await page.getByRole("tab", { name: "Money", exact: true }).waitFor();
});

await onEveryScreen("graphiql-no-scripts", { javaScriptEnabled: false }, async (page) => {
  await page.goto(`${URL_OF_OURS}/graphql`);
  await page.locator("noscript pre", { hasText: "curl" }).waitFor();
  await page.getByText("Questions to start from", { exact: true }).click();
  await page.getByRole("link", { name: "Who received how much?" }).click();
  await page.locator("h2#money").waitFor();
});

// Nothing comes from elsewhere: neither is asked for, nor could be.
await onEveryScreen("graphiql-alone", { expected: /Content Security Policy/ }, async (page) => {
  const requests = [];
  page.on("request", (request) => requests.push(new URL(request.url())));
  await page.goto(`${URL_OF_OURS}/graphql`);
  await page.locator(".graphiql-execute-button").waitFor();
  assert.deepEqual(requests.filter(({ origin, protocol }) => protocol !== "data:" && origin !== URL_OF_OURS), []);
  const stopped = await page.evaluate(async () => {
    const told = new Promise((resolve) => {
      document.addEventListener("securitypolicyviolation", (event) => resolve(event.blockedURI));
    });
    document.head.append(Object.assign(document.createElement("script"), { src: "https://example.org/x.js" }));
    return told;
  });
  assert.equal(stopped, "https://example.org/x.js");
});
