// The frames that pages offer, in a page of another site: on a phone and a desk they take the room that there is, and no
// more than what they show needs.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { complaintsOf, inChromium, listen, picture, SCREENS, widthOf } from "./browser.mjs";
import { address, named } from "./pages.mjs";

const FRAMED = [
  "/",
  "/charts/progress.svg",
  "/commitments/SVS-19",
  "/commitments/SVS-60",
  "/charts/commitments/SVS-19.svg",
  "/funds/serious-violence-fund",
  "/themes/communities",
];
// How much of a frame may stay empty below a text: it has fewer lines where there is more room.
const EMPTY = { phone: 0.25, desktop: 0.35 };

let shown = "";
const pages = createServer((_, response) => {
  response.setHeader("content-type", "text/html").end(
    `<!doctype html><meta name="viewport" content="width=device-width"><title>Elsewhere</title>
    <body style="margin: 16px"><p>Before</p>${shown}<p>After</p>`,
  );
});
const elsewhere = await listen(pages);
const found = [];

await inChromium(async (browser) => {
  for (const [screen, settings] of Object.entries(SCREENS)) {
    const page = await browser.newPage({ ...settings, locale: "en-GB" });
    const complaints = complaintsOf(page);
    for (const path of FRAMED) {
      const answer = await fetch(address(`/oembed?url=${encodeURIComponent(address(path))}`));
      shown = (await answer.json()).html;
      await page.goto(elsewhere);
      await page.frameLocator("iframe").locator("h1").waitFor({ state: "attached" });
      const frame = page.frames()[1];
      const { width, height, border } = await page.evaluate(() => {
        const element = document.querySelector("iframe");
        const { width, height } = element.getBoundingClientRect();
        return { width, height, border: getComputedStyle(element).borderTopWidth };
      });
      const { needed, least, inside, cut } = await frame.evaluate(() => ({
        needed: document.querySelector("main").getBoundingClientRect().bottom,
        inside: document.documentElement.scrollWidth,
        cut: [...document.querySelectorAll(".sheet text")]
          .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth)
          .map((one) => one.textContent),
        // The smallest letters, in the pixels of the reader.
        least: Math.min(
          ...[...document.querySelectorAll(".sheet > text, main p")].map(
            (one) => parseFloat(getComputedStyle(one).fontSize) * (one.ownerSVGElement?.getScreenCTM().a ?? 1),
          ),
        ),
      }));
      const say = (fault) => found.push(`${path} on a ${screen}: ${fault}`);
      if ((await widthOf(page)) > settings.viewport.width) say("the page scrolls sideways");
      if (width !== Math.min(480, settings.viewport.width - 32)) say(`${width} pixels wide`);
      if (border !== "0px") say(`a border of ${border}`);
      if (inside > width) say(`what it shows is ${inside} pixels wide`);
      if (needed > height + 1) say(`${height} pixels high, and ${needed} are needed`);
      if (needed < height * (1 - EMPTY[screen])) say(`${height} pixels high, of which ${needed} are used`);
      for (const text of cut) say(`cut off: ${text}`);
      if (least < 9.5) say(`letters of ${least} pixels`);
      await page.screenshot({ path: picture(`frames/${named(path)}-${screen}`), fullPage: true });
    }
    found.push(...complaints);
  }
});
pages.close();
assert.deepEqual(found, []);
