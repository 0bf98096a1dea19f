// Ten tasks in the words of the readers who brought them: each is solved from the first page, on a phone and on a desk.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { onEveryScreen, picture, widthOf } from "./browser.mjs";
import { address } from "./pages.mjs";

const MOST_CLICKS = 3;

/** A reader with a page, who begins at the first one. Typing is no click; to send what was typed is one. */
class Reader {
  constructor(page) {
    this.page = page;
    this.clicks = 0;
  }

  async begin() {
    this.clicks = 0;
    await this.page.goto(address("/"));
  }

  async click(locator) {
    this.clicks += 1;
    await Promise.all([this.page.waitForLoadState("load"), locator.click()]);
  }

  link(name, within = this.page) {
    return within.getByRole("link", { name, exact: typeof name === "string" }).first();
  }

  async follow(name, within) {
    await this.click(this.link(name, within));
  }

  /** A link of the menu; one that is folded away takes a click more. */
  async menu(name) {
    const menu = this.page.getByRole("navigation", { name: "Main" });
    const link = menu.getByRole("link", { name, exact: true });
    if (!(await link.isVisible())) {
      this.clicks += 1;
      await menu.getByText("More").click();
    }
    await this.click(link);
  }

  async find(words) {
    const search = this.page.getByRole("search", { name: "Everything" });
    await search.getByRole("searchbox").fill(words);
    await this.click(search.getByRole("button", { name: "Find" }));
  }

  part(name) {
    return this.page.getByRole("region", { name });
  }

  text(selector = "main") {
    return this.page.locator(selector).innerText();
  }

  async save(link) {
    this.clicks += 1;
    const [download] = await Promise.all([this.page.waitForEvent("download"), link.click()]);
    return readFile(await download.path(), "utf8");
  }
}

/** The rows of a file of which no cell has a line end, as objects. */
function rowsOf(csv) {
  const [head, ...rows] = csv
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/)
    .map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell.replace(/^"|"$/g, "").replaceAll('""', '"')));
  return rows.map((row) => Object.fromEntries(head.map((name, place) => [name, row[place]])));
}

// Read by hand in the file of statuses: the government says delivered, and no other side has said as much.
const ALONE = ["SVS-05", "SVS-08", "SVS-10", "SVS-15", "SVS-20", "SVS-24", "SVS-29"];

const TASKS = {
  "Did the youth workers in hospitals come who were promised against knife crime?": async (reader) => {
    await reader.find("knife crime hospital youth workers");
    await reader.follow(/^SVS-13/);
    const told = await reader.text();
    for (const what of [/Delivered/, /10 March 2021/, /Redthread/, /17 June 2019/]) assert.match(told, what);
  },
  "How much went to Northumbria, and by which source?": async (reader) => {
    await reader.find("Northumbria");
    await reader.follow("Northumbria");
    const told = await reader.text();
    for (const what of [/£2.32 million/, /at least £1.1 million/, /2 more allocations/, /paragraph 18/]) assert.match(told, what);
  },
  "Which are delivered by the government's word alone?": async (reader) => {
    await reader.menu("Claims");
    await reader.follow(new RegExp(`^${ALONE.length}\\b`), reader.page.locator("main p", { hasText: "nobody else has ever said as much" }));
    const refs = await reader.page.locator("main").getByRole("link", { name: /^SVS-\d\d/ }).allInnerTexts();
    assert.deepEqual([...new Set(refs.map((text) => text.slice(0, 6)))].sort(), ALONE);
  },
  "What changed between June 2018 and June 2019?": async (reader) => {
    await reader.follow("What changed between two days");
    await reader.page.getByLabel("After", { exact: true }).fill("2018-06-30");
    await reader.page.getByLabel("Up to", { exact: true }).fill("2019-06-30");
    await reader.click(reader.page.getByRole("button", { name: "Compare" }));
    assert.match(await reader.text(), /15 changes of status/);
  },
  "How do I cite a status, so that it holds next year?": async (reader) => {
    await reader.find("SVS-19");
    await reader.follow(/^SVS-19/);
    const cited = await reader.text("#citation");
    for (const what of [/asOf=/, /knownAt=/, /accessed/i]) assert.match(cited, what);
    const entry = await reader.save(reader.link("BibTeX"));
    for (const what of [/^@/, /SVS-19/, /knownAt=/]) assert.match(entry, what);
  },
  "Can I count them in a table of my own?": async (reader) => {
    const shown = Number(await reader.page.getByRole("listitem").filter({ hasText: /reported delivered/ }).locator("b, strong, .number").first().innerText());
    await reader.menu("Data");
    const rows = rowsOf(await reader.save(reader.page.locator('a[href*="statuses_flat.csv"]').first()));
    const own = rows.filter((row) => row.isCurrent === "true" && row.origin === "STRATEGY");
    assert.equal(own.filter((row) => row.statusGroup === "DELIVERED").length, shown);
    assert(rows.every((row) => row.title && row.theme && row.statusLabel));
  },
  "Does it stand in my blog without breaking it on a phone?": async (reader) => {
    const frame = await reader.page.locator("code", { hasText: "<iframe" }).first().innerText();
    await reader.page.goto(address("/about"));
    await reader.page.evaluate((html) => (document.querySelector("main").innerHTML = html), frame);
    assert((await widthOf(reader.page)) <= reader.page.viewportSize().width);
  },
  "How do I hear of news on one theme?": async (reader) => {
    await reader.menu("Themes");
    await reader.follow("Supporting communities and local partnerships");
    await reader.follow(/Follow/, reader.page.locator("main"));
    assert.doesNotMatch(await reader.text("body"), /<feed|<\?xml/);
    assert.match(await reader.text(), /Supporting communities/);
  },
  "In which month was the £100m announced?": async (reader) => {
    await reader.find("£100m month");
    await reader.follow(/In which month/);
    const told = await reader.text();
    for (const what of [/April/, /March/, /Resolved/]) assert.match(told, what);
  },
  "What is not known, and whom do I ask?": async (reader) => {
    await reader.menu("Gaps");
    const told = await reader.text();
    for (const what of [/could read only a part/, /27 commitments not identified/, /What would settle it/]) assert.match(told, what);
    const gap = reader.part(/^Not sure to be one of them/).getByText("Whom to ask").first();
    await reader.click(gap);
    assert.match(await reader.part(/^Not sure to be one of them/).innerText(), /Ask Department of Health and Social Care, .*:/);
  },
};

await onEveryScreen("tasks", { acceptDownloads: true }, async (page, screen) => {
  const reader = new Reader(page);
  const faults = [];
  for (const [place, [task, solve]] of Object.entries(TASKS).entries()) {
    await reader.begin();
    try {
      await solve(reader);
      assert(reader.clicks <= MOST_CLICKS, `it takes ${reader.clicks} clicks`);
    } catch (error) {
      faults.push(`${task}\n${error.message}`);
    }
    await page.screenshot({ path: picture(`task-${place + 1}-${screen}`), fullPage: true });
    console.log(`${screen}: ${task} ${reader.clicks}`);
  }
  assert.equal(faults.length, 0, faults.join("\n\n"));
});
