// axe-core finds nothing on any page, with everything opened that can be: on a dark phone and a light desk.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inChromium, installed, refuse, SCREENS, unfold, URL_OF_OURS } from "./browser.mjs";
import { address, PAGES } from "./pages.mjs";

const AXE = readFileSync(installed.resolve("axe-core/axe.min.js"), "utf8");
// All words of these are in a picture, whose contrast axe does not look at. Pages show the same colours.
const DRAWN = /^\/embed\/(progress|charts)/;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const examine = (page) =>
  page.evaluate(async (values) => {
    const { violations, passes } = await globalThis.axe.run({ runOnly: { type: "tag", values } });
    const told = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    return { told, passed: passes.map(({ id }) => id) };
  }, TAGS);

const found = [];
/** Looks at every page on one screen, in the colours of that screen, which are the same on others. */
async function look(browser, [screen, settings]) {
  // The policy of a page would keep axe out, too. Another script sees that it is kept.
  const page = await browser.newPage({ ...settings, bypassCSP: true, locale: "en-GB" });
  await page.route((url) => url.origin !== URL_OF_OURS, refuse);
  // Not the page of GraphiQL, which is vendored as it is published: axe-core finds faults of its colours and labels.
  for (const path of PAGES) {
    // One screen tells enough of a page that is like another.
    if (screen === "phone" && path.includes("?")) continue;
    await page.goto(address(path));
    await page.addScriptTag({ content: AXE });
    await unfold(page);
    const { told, passed } = await examine(page);
    assert(DRAWN.test(path) || passed.includes("color-contrast"), `${path}: nothing was looked at`);
    found.push(...told.map((fault) => `${path} on a ${screen}: ${fault}`));
  }
}

await inChromium((browser) => Promise.all(Object.entries(SCREENS).map((screen) => look(browser, screen))));
assert.deepEqual(found, []);
