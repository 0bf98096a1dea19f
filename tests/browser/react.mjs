// An example in React, as it was built and is served: filters, pages, live changes and, where there is one, the form.
import assert from "node:assert/strict";
import { ask, RECORD, statement, TOKEN } from "../conformance/desk.mjs";
import { examine } from "./examine.mjs";
import { complaintsOf, inChromium, picture, SCREENS, widthOf } from "./browser.mjs";

const [name, address] = process.argv.slice(2);
// What a browser and React say of the two failures that are wanted.
const EXPECTED = /net::ERR_FAILED|400 \(Bad Request\)|'NOTHING'/;
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

async function countOf(wanted) {
  const { progress } = await ask("{ progress { counts { status count } } }");
  return progress.counts.find(({ status }) => status === wanted).count;
}

/** Somebody else records that a commitment is delivered. */
async function deliver(commitment) {
  const input = { ...statement(commitment), status: "DELIVERED", effectiveOn: "2026-01-31" };
  const { recordStatus } = await ask(RECORD, { input }, { authorization: TOKEN });
  assert(recordStatus.change, JSON.stringify(recordStatus));
  return recordStatus.change;
}

/** A query by GET or POST, decoded. */
const text = (request) => decodeURIComponent(request.url()) + (request.postData() ?? "");

async function read(page) {
  const rows = page.locator(".commitment");
  const delivered = (ref) => page.locator(`#${ref}`).getByText("Delivered", { exact: true });
  const filters = page.getByRole("search");
  const shown = () => rows.evaluateAll((items) => items.map(({ id }) => id));
  /** Waits until the list is the one of a filter, and has the refs that the API gives. */
  const shows = async (filter) => {
    const refs = await refsOf(filter);
    assert(refs.length > 0 && refs.length < 61, JSON.stringify(filter));
    await page.getByRole("status").getByText(new RegExp(`^${refs.length} commitment`)).waitFor();
    await page.locator(`#${refs[0]}:first-child`).waitFor();
    assert.deepEqual((await shown()).slice(0, 20), refs.slice(0, 20));
  };
  let socket;
  await page.routeWebSocket(/\/graphql$/, (route) => {
    socket = route;
    route.connectToServer();
  });

  // An address with something that cannot be says so, and the filters still work.
  await page.goto(`${address}?status=NOTHING`);
  await page.getByRole("alert").getByText("'NOTHING'").waitFor();
  await filters.getByLabel("Status").selectOption("Delivered");
  await shows({ status: ["DELIVERED"] });
  await filters.getByLabel("Status").selectOption("any");
  await rows.nth(19).waitFor();
  assert.equal(await page.getByRole("status").textContent(), "61 commitments");

  // A page of the list that does not come is asked for once, and again when somebody wants it.
  const failed = [];
  await page.route(/\/graphql/, async (route) => {
    if (!text(route.request()).includes('"after":"')) return route.continue();
    failed.push(route.request().method());
    return route.abort();
  });
  await rows.last().scrollIntoViewIfNeeded();
  await page.getByRole("alert").waitFor();
  await page.waitForTimeout(200);
  assert.equal(failed.length, 1, failed.join());
  await page.unroute(/\/graphql/);
  await page.getByRole("button", { name: "Show more" }).click();

  // Every page of the list comes by scrolling, once.
  for (const place of [39, 59, 60]) {
    await rows.nth(place).waitFor();
    await rows.nth(place).scrollIntoViewIfNeeded();
  }
  assert.deepEqual(await shown(), await refsOf({}));
  assert.equal(await page.getByRole("button", { name: "Show more" }).count(), 0);
  await page.evaluate(() => scrollTo(0, 0));

  // What somebody else records appears where it is shown, from the event alone.
  assert.equal(await delivered("SVS-19").count(), 0);
  const asked = [];
  page.on("request", (request) => request.url().includes("/graphql") && asked.push(request));
  await deliver("SVS-19");
  await delivered("SVS-19").waitFor();
  await page.getByRole("complementary").getByText("Hold engagement events").waitFor();
  assert.equal(await rows.count(), 61);
  await page.waitForLoadState("networkidle");
  const counts = name === "dashboard" ? 1 : 0;
  assert.equal(asked.length, counts);
  assert(asked.every((request) => text(request).includes("Progress")));
  if (counts) await page.locator(".progress").getByText(`${await countOf("DELIVERED")} Delivered`).waitFor();

  // So does what was recorded while the connection was down.
  await socket.close({ code: 1012 });
  const { revision } = await deliver("SVS-04");
  await delivered("SVS-04").waitFor();
  // Nothing that is asked from now on may be older.
  asked.length = 0;

  // Each filter finds what the API finds with it, and stands in the address.
  await filters.getByRole("searchbox").fill("knife");
  await shows({ search: "knife" });
  const last = asked.at(-1);
  assert.equal(await last.headerValue("Sixty-One-Revision"), `${revision}`);
  // By then a document goes without its text.
  assert.match(text(last), /"(sha256Hash|documentId)":/);
  assert.doesNotMatch(text(last), /query[ +]\w/);
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
  await rows.nth(19).waitFor();
  // The list of before stays until the next one is here.
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/\/graphql/, (route) => held.then(() => route.continue()));
  await Promise.all([page.waitForRequest(/\/graphql/), filters.getByLabel("Theme").selectOption({ index: 1 })]);
  await page.waitForTimeout(100);
  assert((await rows.count()) >= 20);
  release();
  await shows({ theme: ["county-lines"] });
  await page.unroute(/\/graphql/);
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
  assert.match(await problem("Your token"), /A write takes a token/);
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
  for (const [screen, { viewport, colorScheme }] of Object.entries(SCREENS)) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    assert((await widthOf(page)) <= viewport.width);
    assert.deepEqual((await examine(page)).told, []);
    await page.screenshot({ path: picture(`examples/${name}-form-${screen}`) });
  }

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
    page.setDefaultTimeout(20_000);
    const complaints = complaintsOf(page, (message) => EXPECTED.test(message.text()));
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
