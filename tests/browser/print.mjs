// Pages as a browser prints them, for a reader of PDF: the style of paper, with the margins that it states.
import { inChromium } from "./browser.mjs";
import { address, named } from "./pages.mjs";

const { FOLDER, PATHS } = process.env;
await inChromium(async (browser) => {
  const page = await browser.newPage({ locale: "en-GB" });
  for (const path of PATHS.split(" ")) {
    await page.goto(address(path));
    await page.pdf({ path: `${FOLDER}/${named(path)}.pdf`, format: "A4", preferCSSPageSize: true });
  }
});
