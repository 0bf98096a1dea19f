// Everything by keyboard: each control is reached in the order of the page, is seen to be, and lets go again.
import assert from "node:assert/strict";
import { complaintsOf, inChromium, SCREENS } from "./browser.mjs";
import { address, WHOLE, EMBEDS } from "./pages.mjs";

/** What should be reached, and what has been, with the outline that it had, as numbers of elements of the page. */
function watch() {
  const all = [...document.querySelectorAll("*")];
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']";
  const reachable = (element) => element.matches(CONTROLS) && element.checkVisibility({ visibilityProperty: true });
  globalThis.wanted = all.flatMap((element, number) => (reachable(element) ? [number] : []));
  globalThis.reached = [];
  document.addEventListener("focusin", ({ target }) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(target);
    const number = all.indexOf(target);
    const { width, height } = target.getBoundingClientRect();
    const seen = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2 && width > 1 && height > 1;
    // A date is one control with several stops.
    if (number !== globalThis.reached.at(-1)?.number) globalThis.reached.push({ number, seen, html: target.outerHTML });
  });
  return globalThis.wanted.length;
}

await inChromium(async (browser) => {
  const page = await browser.newPage({ ...SCREENS.desktop, locale: "en-GB" });
  const complaints = complaintsOf(page);
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  // The controls of a page are the same, and in the same order, when more is asked of it.
  for (const path of [...WHOLE, ...EMBEDS].filter((path) => !path.includes("?"))) {
    await page.goto(address(path));
    const count = await page.evaluate(watch);
    // Three more stops for each date, and one for the way out of the page and in again.
    const dates = await page.locator("input[type=date]").count();
    for (let stop = 0; stop <= count + 3 * dates; stop++) await page.keyboard.press("Tab");
    const { wanted, reached } = await page.evaluate(() => ({ wanted: globalThis.wanted, reached: globalThis.reached }));
    assert.deepEqual(reached.slice(0, count).map(({ number }) => number), wanted, `${path}: the order of focus`);
    for (const { seen, html } of reached) assert(seen, `${path}: the focus is not seen on ${html.slice(0, 160)}`);
    // The next stop is the first again.
    if (reached.length > count) assert.equal(reached[count].number, wanted[0], path);
  }

  // The first stop leads past the head of the page, to the first link of its content.
  await page.goto(address("/commitments/SVS-19"));
  await press("Tab");
  assert.equal(await focused(), "Skip to the content");
  await press("Enter", "Tab");
  assert.equal(await focused(), "Supporting communities and local partnerships");

  // A mark of a picture is a link like others.
  await page.goto(address("/"));
  await page.locator("svg.marks a").first().focus();
  await Promise.all([page.waitForURL(/commitments\/SVS-\d\d$/), press("Enter")]);

  // What is folded opens and closes, and lets go of the focus.
  await page.goto(address("/"));
  const table = page.getByRole("region", { name: "Every commitment" });
  await page.getByText("The same as a table").first().focus();
  await press("Space");
  await table.waitFor();
  await press("Tab", "Tab");
  assert.match(await focused(), /^SVS-\d\d$/);
  await press("Shift+Tab", "Shift+Tab", "Enter");
  await table.waitFor({ state: "hidden" });

  // Forms are filled in and sent: a choice, words, and the day.
  await page.goto(address("/commitments"));
  await page.getByRole("searchbox", { name: "Words" }).focus();
  await page.keyboard.type("police");
  await press("Tab", "Tab");
  await page.keyboard.type("Deliv");
  await press("Tab", "Tab", "Tab", "Tab", "Tab");
  assert.equal(await focused(), "Show");
  await Promise.all([page.waitForURL(/status=DELIVERED/), press("Enter")]);
  assert.match(page.url(), /search=police/);
  await page.getByLabel("As of").focus();
  const lastYear = Number((await page.getByLabel("As of").inputValue()).slice(0, 4)) - 1;
  // The year comes last wherever English is spoken.
  await press("Tab", "Tab", "ArrowDown");
  await Promise.all([page.waitForURL(/asOf=\d{4}-\d\d-\d\d$/), press("Enter")]);
  assert.match(page.url(), /search=police.*status=DELIVERED/);
  await page.getByLabel("The moment shown").getByText(String(lastYear)).waitFor();

  // What a wide table hides comes by the arrows.
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(address("/gaps"));
  const wide = page.getByRole("region", { name: "Coverage by theme" });
  await wide.focus();
  await press("ArrowRight", "ArrowRight");
  await page.waitForFunction(() => document.activeElement.scrollLeft > 0);
  assert.deepEqual(complaints, []);
});
