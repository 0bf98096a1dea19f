// axe-core finds nothing on any page, with everything opened that can be: on a phone and a desk, light and dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inChromium, installed, refuse, SCHEMES, SCREENS, unfold, URL_OF_OURS } from "./browser.mjs";
import { address, PAGES } from "./pages.mjs";

const AXE = readFileSync(installed.resolve("axe-core/axe.min.js"), "utf8");
// All words of these are in a picture, whose contrast axe does not look at. Pages show the same colours.
const DRAWN = /^\/embed\/(progress|charts)/;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Only the colours differ between light and dark. */
const examine = (page, rules) =>
  page.evaluate(async (runOnly) => {
    const { violations, passes } = await globalThis.axe.run({ runOnly });
    const told = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    return { told, passed: passes.map(({ id }) => id) };
  }, rules);

const found = [];
/** Looks at every page on one screen. */
async function look(browser, [screen, settings]) {
  // The policy of a page would keep axe out, too. Another script sees that it is kept.
  const page = await browser.newPage({ ...settings, bypassCSP: true, locale: "en-GB" });
  await page.route((url) => url.origin !== URL_OF_OURS, refuse);
  // Not the page of GraphiQL, which is vendored as it is published: axe-core finds faults of its colours and labels.
  for (const path of PAGES) {
    await page.goto(address(path));
    await page.addScriptTag({ content: AXE });
    await unfold(page);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      const rules = colorScheme === SCHEMES[0] ? TAGS : { type: "rule", values: ["color-contrast"] };
      const { told, passed } = await examine(page, rules);
      assert(DRAWN.test(path) || passed.includes("color-contrast"), `${path}: nothing was looked at`);
      found.push(...told.map((fault) => `${path} on a ${screen}, ${colorScheme}: ${fault}`));
    }
  }
}

await inChromium((browser) => Promise.all(Object.entries(SCREENS).map((screen) => look(browser, screen))));
assert.deepEqual(found, []);
