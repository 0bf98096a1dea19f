// GraphiQL itself. The page names its bytes by hash: npm's copies only pass when they are the same.
import assert from "node:assert/strict";
import { onEveryScreen, serve, URL_OF_OURS } from "./browser.mjs";

await onEveryScreen("graphiql", { cdn: serve }, async (page, screen) => {
  await page.goto(`${URL_OF_OURS}/graphql`);
  // A phone is too narrow for it.
  if (screen === "phone") return page.getByLabel("Query").waitFor();
  await page.locator(".graphiql-execute-button").click();
  const answer = page.locator(".result-window");
  await answer.filter({ hasText: "IN_PROGRESS" }).waitFor();
  assert(!(await answer.textContent()).includes('"errors"'));
});
