// axe-core finds nothing on any page, with everything opened that can be: on a dark phone and a light desk.
import assert from "node:assert/strict";
import { inChromium, refuse, SCREENS, unfold, URL_OF_OURS } from "./browser.mjs";
import { examine } from "./examine.mjs";
import { address, PAGES } from "./pages.mjs";

// All words of these are in a picture, whose contrast axe does not look at. Pages show the same colours.
const DRAWN = /^\/embed\/(progress|charts)/;

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
    await unfold(page);
    const { told, passed } = await examine(page);
    assert(DRAWN.test(path) || passed.includes("color-contrast"), `${path}: nothing was looked at`);
    found.push(...told.map((fault) => `${path} on a ${screen}: ${fault}`));
  }
}

await inChromium((browser) => Promise.all(Object.entries(SCREENS).map((screen) => look(browser, screen))));
assert.deepEqual(found, []);
