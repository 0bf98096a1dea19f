// The first page, and every link on it.
import assert from "node:assert/strict";
import { onEveryScreen, URL_OF_OURS } from "./browser.mjs";

await onEveryScreen("home", {}, async (page) => {
  await page.goto(URL_OF_OURS);
  const links = await page.locator("a").evaluateAll((all) => all.map((link) => link.href));
  assert(links.length >= 3);
  for (const link of links.filter((link) => link.startsWith(URL_OF_OURS))) {
    const answer = await page.goto(link, { waitUntil: "domcontentloaded" });
    assert.equal(answer.status(), 200, link);
    await page.goto(URL_OF_OURS);
  }
});
