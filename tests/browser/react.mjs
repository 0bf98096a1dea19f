// An example in React, as it was built and is served: filters, pages, live changes and, where there is one, the form.
import assert from "node:assert/strict";
import { ask, RECORD, statement, TOKEN } from "../conformance/desk.mjs";
import { examine } from "./examine.mjs";
import { complaintsOf, inChromium, picture, SCREENS, widthOf } from "./browser.mjs";

const [name, address] = process.argv.slice(2);
const FILTERED = `
  query ($filter: CommitmentFilter) {
    commitments(filter: $filter) {
      nodes {
        ref
      }
    }
  }
`;

/** The refs that the API finds, to compare those of the page with. */
async function refsOf(filter) {
  return (await ask(FILTERED, { filter })).commitments.nodes.map(({ ref }) => ref);
}

async function write(commitment, status) {
  const input = { ...statement(commitment), status, effectiveOn: "2026-01-31" };
  const { recordStatus } = await ask(RECORD, { input }, { authorization: TOKEN });
  assert(recordStatus.change, JSON.stringify(recordStatus));
}

async function read(page) {
  const rows = page.locator(".commitment");
  const row = (ref) => page.locator(`#${ref}`);
  const filters = page.getByRole("search");
  const shown = () => rows.evaluateAll((items) => items.map(({ id }) => id));
  /** Waits until the list is the one of a filter, and has the refs that the API gives. */
  const shows = async (filter) => {
    const refs = await refsOf(filter);
    assert(refs.length > 0 && refs.length < 61, JSON.stringify(filter));
    await page.getByText(`${refs.length} commitment`, { exact: false }).waitFor();
    await page.waitForFunction((last) => document.querySelector(".commitment:last-of-type").id === last, refs[Math.min(refs.length, 20) - 1]);
    assert.deepEqual((await shown()).slice(0, 20), refs.slice(0, 20));
  };

  // Every page of the list comes by scrolling, once.
  await rows.nth(19).waitFor();
  assert.equal(await page.getByRole("status").textContent(), "61 commitments");
  for (let turns = 0; turns < 40 && (await rows.count()) < 61; turns++) {
    await page.mouse.wheel(0, 2000);
    await page.waitForTimeout(50);
  }
  assert.deepEqual(await shown(), await refsOf({}));
  assert.equal(await page.getByRole("button", { name: "Show more" }).count(), 0);
  await page.evaluate(() => scrollTo(0, 0));

  // What somebody else records appears where it is shown, from the event alone.
  assert.match(await row("SVS-19").textContent(), /^(Record a status)?In progress/);
  const asked = [];
  const note = (request) => request.method() !== "OPTIONS" && asked.push(new URL(request.url()).searchParams.get("operationName"));
  page.on("request", note);
  await write("SVS-19", "DELIVERED");
  await row("SVS-19").getByText("Delivered").waitFor();
  await page.getByRole("complementary").getByText("Hold engagement events").waitFor();
  assert.equal(await rows.count(), 61);
  await page.waitForLoadState("networkidle");
  page.off("request", note);
  assert.deepEqual(asked, name === "dashboard" ? ["Progress"] : []);

  // Each filter finds what the API finds with it, and stands in the address.
  await filters.getByRole("searchbox").fill("knife");
  await shows({ search: "knife" });
  await filters.getByRole("searchbox").fill("");
  await filters.getByLabel("Status").selectOption("Announced");
  await shows({ status: ["ANNOUNCED"] });
  await filters.getByLabel("Lead").selectOption("Home Office");
  await shows({ status: ["ANNOUNCED"], lead: ["home-office"] });
  await page.reload();
  await rows.first().waitFor();
  await shows({ status: ["ANNOUNCED"], lead: ["home-office"] });
  await filters.getByLabel("Lead").selectOption("any");
  await filters.getByLabel("Status").selectOption("any");
  await filters.getByLabel("Theme").selectOption({ index: 1 });
  await shows({ theme: ["county-lines"] });
  await filters.getByLabel("Theme").selectOption("any");
  assert.equal(new URL(page.url()).search, "");
  await rows.nth(19).waitFor();
}

/** The form shows what is wrong beside each field, and what it has recorded is in the list. */
async function writeInForm(page) {
  const dialog = page.getByRole("dialog", { name: "Record a status of SVS-02" });
  const button = page.getByRole("button", { name: "Record a status of SVS-02" });
  const problem = (label) =>
    dialog.getByLabel(label).evaluate((control) => {
      const about = control.getAttribute("aria-describedby");
      return control.ariaInvalid === "true" ? document.getElementById(about).querySelector(".problem").textContent : null;
    });
  await button.focus();
  await page.keyboard.press("Enter");
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert(await button.evaluate((element) => element === document.activeElement));

  await page.keyboard.press("Enter");
  await dialog.getByLabel("Status").selectOption("Stalled");
  await dialog.getByLabel("True on").fill("2099-01-01");
  await dialog.getByLabel("Whose word").selectOption("Media");
  const send = dialog.getByRole("button", { name: "Record", exact: true });
  await send.click();
  await dialog.getByText("A write takes a token").waitFor();
  await dialog.getByLabel("Your token").fill(TOKEN.replace("Bearer ", ""));
  await send.click();
  await dialog.getByText("Give the source").waitFor();
  await dialog.getByLabel("Its name here").fill("A Paper");
  await send.click();
  await dialog.getByText("is no slug").waitFor();
  assert.equal(await problem("Your token"), null);
  assert.match(await problem("True on"), /still to come/);
  assert.match(await problem("What the source says"), /is empty/);
  assert.match(await problem("Its title"), /is empty/);
  assert.match(await problem("Its name here"), /'A Paper' is no slug/);
  assert(await dialog.getByLabel("True on").evaluate((element) => element === document.activeElement));
  assert.deepEqual((await examine(page)).told, []);
  await page.screenshot({ path: picture(`examples/${name}-form`) });

  await dialog.getByLabel("True on").fill("2026-02-01");
  await dialog.getByLabel("What the source says").fill("A paper says that it has stopped.");
  await dialog.getByLabel("Its title").fill("A paper");
  await dialog.getByLabel("Its name here").fill("a-paper");
  await send.click();
  await dialog.waitFor({ state: "detached" });
  await page.locator("#SVS-02").getByText("Stalled").waitFor();
  await page.locator("#SVS-02").getByText("2026-02-01, media: A paper").waitFor();
}

await inChromium(async (browser) => {
  for (const [screen, settings] of Object.entries(SCREENS)) {
    const page = await browser.newPage({ ...settings, bypassCSP: true, locale: "en-GB" });
    page.setDefaultTimeout(10_000);
    const complaints = complaintsOf(page);
    await page.goto(address);
    await page.locator(".commitment").nth(19).waitFor();
    await page.screenshot({ path: picture(`examples/${name}-${screen}`) });
    assert.deepEqual((await examine(page)).told, []);
    if (screen === "desktop") {
      await read(page);
      if (name === "dashboard") await writeInForm(page);
    }
    assert((await widthOf(page)) <= settings.viewport.width);
    assert.deepEqual(complaints, []);
    await page.close();
  }
});
