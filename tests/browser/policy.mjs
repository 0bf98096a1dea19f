// What a page may do: run and fetch what is its own, and be framed only if it is made for that.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { complaintsOf, inChromium, listen, picture, URL_OF_OURS } from "./browser.mjs";
import { address, EMBEDS, PAGES } from "./pages.mjs";

// Error pages included.
const framable = (path) => path.startsWith("/embed/");
const OWN = /^('self'|'none'|'sha256-[\w+/=]+')$/;

/** The directives of a policy, by their names. */
async function policyOf(path) {
  const { headers } = await fetch(address(path));
  const told = headers.get("content-security-policy").split(";").map((directive) => directive.trim().split(/\s+/));
  return Object.fromEntries(told.map(([name, ...sources]) => [name, sources]));
}

for (const path of [...PAGES, "/feed.atom", "/data/commitments.json", "/nothing"]) {
  const { "frame-ancestors": framedBy, ...rest } = await policyOf(path);
  assert.deepEqual(framedBy, [framable(path) ? "*" : "'none'"], path);
  assert.deepEqual(rest["default-src"], ["'none'"], path);
  for (const source of Object.values(rest).flat()) assert.match(source, OWN, path);
}

// A page of another site, which shows the frame that it is given.
let shown = "";
const pages = createServer((_, response) => {
  response.setHeader("content-type", "text/html").end(`<!doctype html><title>Elsewhere</title>${shown}`);
});
const elsewhere = await listen(pages);
const frame = (url) => `<iframe src="${url}" title="Framed" width="480" height="360"></iframe>`;

await inChromium(async (browser) => {
  const page = await browser.newPage({ locale: "en-GB" });
  const framed = page.frameLocator("iframe");
  const show = async (html) => {
    const requests = [];
    const note = (request) => requests.push(request.url());
    page.on("request", note);
    shown = html;
    await page.goto(elsewhere);
    page.off("request", note);
    return requests;
  };

  // What is made for it shows itself in a frame, and fetches nothing else.
  const complaints = complaintsOf(page);
  for (const path of EMBEDS) {
    const requests = await show(frame(address(path)));
    await framed.getByRole("heading").waitFor();
    await framed.getByText("CC BY 4.0").waitFor();
    assert.deepEqual(requests.filter((url) => !url.startsWith(elsewhere)), [address(path)]);
  }
  assert.deepEqual(complaints, []);

  // So does one that is refused, and its links lead out of the frame.
  await show(frame(address("/embed/commitments/SVS-99")));
  await framed.getByRole("heading", { name: "There is nothing here" }).waitFor();
  assert.deepEqual(complaints.filter((complaint) => !complaint.includes("404")), []);
  const [opened] = await Promise.all([
    page.waitForEvent("popup"),
    framed.getByRole("link", { name: "All commitments" }).click(),
  ]);
  await opened.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(opened.url(), address("/commitments"));
  await opened.close();

  // oEmbed: the page says where to ask, and the answer is a frame that shows what the page says.
  for (const [path, says] of [["/commitments/SVS-19?asOf=2019-06-30", "9 May 2019"], ["/", "What became of the 61"]]) {
    await page.goto(address(path));
    const discovered = await page.locator('link[type="application/json+oembed"]').getAttribute("href");
    const { version, type, html, width, height } = await (await fetch(`${discovered}&maxwidth=400`)).json();
    assert.deepEqual([version, type, width], ["1.0", "rich", 400]);
    await show(html);
    await framed.getByText(says).first().waitFor();
    const size = await page.locator("iframe").boundingBox();
    assert(size.width >= width && size.height >= height && height > 200);
    const inside = framed.locator("html");
    const [needed, given] = await inside.evaluate((root) => [root.scrollHeight, root.clientHeight]);
    assert(needed <= given, `${path} needs ${needed} pixels in a frame of ${given}`);
    await page.screenshot({ path: picture(`framed-${says.replaceAll(/\W+/g, "-")}`) });
  }

  // Every other page refuses.
  for (const path of PAGES.filter((path) => !framable(path))) {
    complaints.length = 0;
    await show(frame(address(path)));
    assert.equal(page.frames().length, 2);
    assert.equal(page.frames()[1].url(), "chrome-error://chromewebdata/", path);
    assert(complaints.some((complaint) => complaint.includes("frame-ancestors 'none'")), path);
  }

  // Nothing runs that stands in a page itself, and nothing comes from elsewhere.
  complaints.length = 0;
  await page.goto(URL_OF_OURS);
  const kinds = ["connect-src", "img-src", "script-src-attr", "script-src-elem", "style-src-attr"];
  const [stopped, ran] = await page.evaluate(async ([elsewhere, most]) => {
    const stopped = new Set();
    const all = new Promise((resolve) => {
      document.addEventListener("securitypolicyviolation", (event) => {
        if (stopped.add(event.effectiveDirective).size === most) resolve();
      });
    });
    const put = (name, properties) => document.body.append(Object.assign(document.createElement(name), properties));
    put("script", { textContent: "globalThis.ran = true" });
    put("p", { innerHTML: "<b style='color: red' onclick='globalThis.ran = true'>!</b>" });
    document.querySelector("p > b[style]").click();
    put("img", { src: `${elsewhere}/picture.png` });
    put("script", { src: `${elsewhere}/script.js` });
    await fetch(elsewhere).catch(() => {});
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 30_000))]);
    return [[...stopped].sort(), globalThis.ran];
  }, [elsewhere, kinds.length]);
  assert.deepEqual(stopped, kinds);
  assert.equal(ran, undefined);
});
pages.close();
