// A campaigner looks up what became of one promise, quotes it, and goes on. On a phone and a desk, with scripts and without.
import assert from "node:assert/strict";
import { record } from "../conformance/desk.mjs";
import { onEveryScreen, picture } from "./browser.mjs";
import { address } from "./pages.mjs";

const TITLE = "SVS-19: Hold engagement events across the country";

async function walk(page, screen, scripts) {
  const follow = (link) => Promise.all([page.waitForEvent("load"), link.click()]);
  const heading = (name) => page.getByRole("heading", { level: 1, name }).waitFor();
  const part = (name) => page.getByRole("region", { name, exact: true });
  const menu = async (name) => {
    const links = page.getByRole("navigation", { name: "Main" });
    const link = links.getByRole("link", { name, exact: true });
    if (!(await link.isVisible())) await links.getByText("More").click();
    await follow(link);
  };

  // What was promised and what has been shown stands there at once, the unknown among it.
  await page.goto(address("/"));
  await heading("What became of the 61 commitments?");
  const { y, height } = await page.getByText(/^Of \d+ nothing can be said/).boundingBox();
  assert(y + height < page.viewportSize().height, "the unknown are out of sight");
  assert.equal(await page.locator("svg.marks a").count(), 61);
  await page.getByRole("group", { name: /^Every commitment/ }).scrollIntoViewIfNeeded();

  // One of them, and the paragraph that says so.
  await follow(page.getByRole("link", { name: "SVS-19, Hold engagement events" }).first());
  await heading("Hold engagement events across the country");
  await part("What was promised").getByText("Minister-led events").waitFor();
  const shown = await part("What sources report").innerText();
  assert.match(shown, /In progress/);
  await follow(part("Sources").locator("li", { hasText: "paragraph 17" }).getByRole("link").first());
  await page.locator("li", { hasText: "Paragraph 17" }).getByText("61 other commitments").first().waitFor();
  await page.goBack();

  // It is cited. The address shows the same when more has been recorded since.
  const citation = await page.locator("#citation").innerText();
  const cited = citation.match(/http\S+$/)[0];
  assert(citation.startsWith(`The contributors of Sixty-One, “${TITLE}”, in progress (`), citation);
  assert.match(citation, /\((Delivery body, 8 July 2019|Government, 31 January 2025)\), Sixty-One, as of/);
  const copy = part("Cite this").getByRole("button", { name: "Copy" }).first();
  assert.equal(await copy.isVisible(), scripts);
  if (scripts) {
    await copy.click();
    await part("Cite this").getByRole("button", { name: "Copied" }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), citation);
  }
  const history = await part("History").innerText();
  await record("SVS-19");
  await page.reload();
  assert.notEqual(await part("What sources report").innerText(), shown);
  await page.goto(cited);
  assert.equal(await part("What sources report").innerText(), shown);
  assert.equal(await part("History").innerText(), history);
  const [again] = (await page.locator("#citation").innerText()).match(/http\S+$/);
  assert.equal(again, cited);

  // An earlier day: the page follows, and so does what it leads to.
  await page.goto(address("/commitments/SVS-19"));
  await page.getByLabel("As of").fill("2019-01-01");
  await follow(page.getByRole("search", { name: "Day" }).getByRole("button", { name: "Show" }));
  await page.getByLabel("The moment shown").getByText("1 January 2019").waitFor();
  const known = await part("History").locator("ol.history > li").locator("time").allInnerTexts();
  assert.deepEqual(known.filter((_, place) => place % 2 === 0), ["8 October 2018", "12 September 2018", "9 April 2018"]);
  await part("What sources report").getByText("8 October 2018").first().waitFor();
  await page.screenshot({ path: picture(`story-${screen}-${scripts ? "" : "no-"}scripts`), fullPage: true });
  await menu("Funds");
  await heading("Where the money went");
  assert.match(page.url(), /asOf=2019-01-01$/);
  await page.getByLabel("The moment shown").getByRole("link", { name: "Today’s page" }).click();

  // Where the money went, as a picture and as a table.
  await follow(page.getByRole("link", { name: "Serious Violence Fund", exact: true }).first());
  await heading("Serious Violence Fund");
  await page.getByRole("img", { name: "Serious Violence Fund" }).waitFor();
  await page.getByRole("table").getByRole("row", { name: /Police surge funding It adds up, by its parts £63.4 million/ }).waitFor();

  // What is not known, and what would settle it.
  await menu("Gaps");
  await heading("What is not known");
  assert((await page.getByText("What would settle it:").count()) > 4);

  // One kind of status, by the form.
  await menu("Commitments");
  await page.getByRole("combobox", { name: "Status", exact: true }).selectOption("Delivered");
  await follow(page.locator("form.filters").getByRole("button", { name: "Show" }));
  const statuses = await page.locator(".cards .status").allInnerTexts();
  assert(statuses.length > 5 && statuses.every((status) => /^Delivered(, by the government’s word alone)?$/.test(status.trim())), String(statuses));

  // The table, to take away.
  await menu("Data");
  const row = page.getByRole("listitem").filter({ hasText: "Commitments: CSV" });
  const [download] = await Promise.all([page.waitForEvent("download"), row.getByRole("link", { name: /^CSV/ }).click()]);
  assert.match(download.suggestedFilename(), /^sixty-one-commitments-\d{4}-\d\d-\d\d\.csv$/);
  await download.saveAs(picture("commitments.csv"));

  // What changed, value by value, and where to follow it.
  await follow(page.getByRole("link", { name: "what changed" }));
  await heading("What changed");
  await follow(page.getByRole("link", { name: /SVS-19/ }).first());
  await page.getByText(/^\d+ values?, before and after$/).first().click();
  await page.getByRole("table").getByText("It goes on.").waitFor();
  const feed = await page.locator('link[type="application/atom+xml"]').first().getAttribute("href");
  assert.match(await (await fetch(new URL(feed, page.url()))).text(), /<feed/);
}

const permissions = ["clipboard-read", "clipboard-write"];
await onEveryScreen("story", { permissions }, (page, screen) => walk(page, screen, true));
await onEveryScreen("story-no-scripts", { javaScriptEnabled: false }, (page, screen) => walk(page, screen, false));
