// Every page as it looks: on a dark phone, on a light desk and on paper. Nothing is wider than its screen, and no
// page complains. The pictures are kept for people to look at.
import assert from "node:assert/strict";
import { complaintsOf, inChromium, picture, SCREENS, unfold, widthOf } from "./browser.mjs";
import { address, named, PAGES, REFUSED } from "./pages.mjs";

// The narrowest that WCAG asks for, which is a desk's screen at four times its size; and A4 without its margins.
const NARROW = { width: 320, height: 640 };
const PAPER = { width: 718, height: 1046 };
// A browser complains of a page that is refused.
const refused = (message) => REFUSED.some((path) => message.location().url === encodeURI(address(path)));

/** The elements that need scrolling, which paper does not have. An element of one pixel is for screen readers. */
const cutOff = () =>
  [...document.querySelectorAll("body :not(svg *)")]
    .filter(({ clientWidth, scrollWidth }) => clientWidth > 1 && scrollWidth > clientWidth + 1)
    .map((element) => element.outerHTML.slice(0, 80));

const found = [];
/** Looks at every page on one screen; on a desk at what else the page may be shown on, too. */
async function look(browser, [screen, settings]) {
  const page = await browser.newPage({ ...settings, locale: "en-GB" });
  const complaints = complaintsOf(page, refused);
  for (const path of PAGES) {
    // One screen tells enough of a page that is like another.
    if (screen === "phone" && path.includes("?")) continue;
    const fits = async (where, { width }) => {
      const taken = await widthOf(page);
      if (taken > width) found.push(`${path} ${where}: ${taken} pixels wide`);
    };
    await page.setViewportSize(settings.viewport);
    await page.goto(address(path));
    await page.screenshot({ path: picture(`pages/${named(path)}-${screen}.jpeg`), fullPage: true, quality: 60 });
    await unfold(page);
    await fits(`on a ${screen}`, settings.viewport);
    if (screen === "phone") continue;
    await page.setViewportSize(NARROW);
    await fits("on the narrowest screen", NARROW);
    await page.setViewportSize(PAPER);
    await page.emulateMedia({ media: "print" });
    await fits("on paper", PAPER);
    for (const element of await page.evaluate(cutOff)) found.push(`${path} on paper, cut off: ${element}`);
    await page.emulateMedia({ media: "screen" });
  }
  found.push(...complaints);
}

await inChromium((browser) => Promise.all(Object.entries(SCREENS).map((screen) => look(browser, screen))));
assert.deepEqual(found, []);
