// A record in which every text is out to do harm does none: nothing runs, nothing is fetched, nothing is too wide.
import assert from "node:assert/strict";
import { complaintsOf, inChromium, picture, SCREENS, unfold, URL_OF_OURS, widthOf } from "./browser.mjs";
import { address, EMBEDS, named, WHOLE } from "./pages.mjs";

const NARROW = { width: 320, height: 640 };
const found = [];
await inChromium(async (browser) => {
  const page = await browser.newPage({ ...SCREENS.phone, locale: "en-GB" });
  const complaints = complaintsOf(page);
  page.on("request", (request) => {
    if (!request.url().startsWith(URL_OF_OURS)) found.push(`${page.url()} fetches ${request.url()}`);
  });
  for (const path of [...WHOLE, "/changes/5", ...EMBEDS]) {
    await page.goto(address(path));
    await unfold(page);
    for (const screen of [SCREENS.desktop.viewport, NARROW, SCREENS.phone.viewport]) {
      await page.setViewportSize(screen);
      const taken = await widthOf(page);
      if (taken > screen.width) found.push(`${path} is ${taken} pixels wide of ${screen.width}`);
    }
    if (path.includes("SVS-19")) await page.screenshot({ path: picture(`hostile-${named(path)}`) });
  }
  // Every element that can be clicked or pointed at stays harmless.
  await page.goto(address("/commitments/SVS-19"));
  await unfold(page);
  await page.locator("h1").hover();
  // Found by what they copy: a button whose text was copied says "Copied" from then on.
  for (const copy of await page.locator("button[data-copy]").all()) await copy.click();
  found.push(...complaints);
});
assert.deepEqual(found, []);
