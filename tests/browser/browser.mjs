// Chromium on a phone and on a desk. It reaches our server, and otherwise only what a test puts in its way.
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const MODULES = "../conformance/node_modules";
export const URL_OF_OURS = process.env.SIXTYONE_URL;
export const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, colorScheme: "dark" },
  desktop: { viewport: { width: 1280, height: 800 }, colorScheme: "light" },
};
/** The folder of the packages from npm. */
export const installed = createRequire(file(`${MODULES}/`));
const { chromium } = installed("playwright-core");

/** Requests to other hosts fail. */
export const refuse = (route) => route.abort();

/** The address of a server on a free port. */
export async function listen(server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}`;
}

/** Calls `use` with a browser that reaches nothing but our server, or what runs beside it. */
export async function inChromium(use) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // Chromium has no sandbox for root, which CI often is. The other options stop its own network requests.
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
  try {
    await use(browser);
  } finally {
    await browser.close();
  }
}

/** Everything from now on that a page complains of, what its policy stops included, but for what is `expected`. */
export function complaintsOf(page, expected = () => false) {
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.stack));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !expected(message)) complaints.push(message.text());
  });
  page.on("dialog", (dialog) => {
    complaints.push(`a dialog says ${dialog.message()}`);
    return dialog.dismiss();
  });
  return complaints;
}

/** Opens what is folded away. */
export const unfold = (page) =>
  page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));

export const widthOf = (page) => page.evaluate(() => document.documentElement.scrollWidth);

/** Calls `look` with a page of every size, and fails on any complaint in its console that is not `expected`. */
export async function onEveryScreen(name, { expected = /^$/, ...options }, look) {
  await inChromium(async (browser) => {
    for (const [screen, settings] of Object.entries(SCREENS)) {
      const page = await browser.newPage({ ...settings, ...options, locale: "en-GB" });
      page.setDefaultTimeout(20_000);
      const complaints = complaintsOf(page, (message) => expected.test(message.text()));
      await page.route((url) => url.origin !== URL_OF_OURS, refuse);
      await look(page, screen);
      await page.screenshot({ path: picture(`${name}-${screen}`) });
      const width = await widthOf(page);
      if (width > settings.viewport.width) complaints.push(`the page is ${width} pixels wide`);
      if (complaints.length) throw new Error(`${name} on a ${screen}:\n${complaints.join("\n")}`);
      await page.close();
    }
  });
}

export const picture = (name) => file(`../../artefacts/${name}${name.includes(".") ? "" : ".png"}`);
