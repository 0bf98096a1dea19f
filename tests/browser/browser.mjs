// Chromium on a phone and on a desk. It reaches our server, and otherwise only what a test puts in its way.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const MODULES = "../conformance/node_modules";
const { chromium } = createRequire(file(`${MODULES}/`))("playwright-core");

export const URL_OF_OURS = process.env.SIXTYONE_URL;
export const CDN = "https://unpkg.com/";
const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, colorScheme: "dark" },
  desktop: { viewport: { width: 1280, height: 800 }, colorScheme: "light" },
};

/** What a CDN can do: refuse, or serve what npm installed. */
export const refuse = (route) => route.abort();
export function serve(route) {
  const path = new URL(route.request().url()).pathname.slice(1).replace(/@[\d.]+/, "");
  return route.fulfill({
    path: file(`${MODULES}/${path}`),
    headers: { "access-control-allow-origin": "*" },
    contentType: path.endsWith(".css") ? "text/css" : "text/javascript",
  });
}

/** Calls `use` with a browser that reaches nothing but our server, or what runs beside it. */
export async function inChromium(use) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // Chromium has no sandbox for root, which CI often is. The rest keeps it from talking to its makers.
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

/** Calls `look` with a page of every size, and fails on any complaint in its console that is not `expected`. */
export async function onEveryScreen(name, { cdn = refuse, expected = /^$/, ...options }, look) {
  await inChromium(async (browser) => {
    for (const [screen, settings] of Object.entries(SCREENS)) {
      const page = await browser.newPage({ ...settings, ...options, locale: "en-GB" });
      page.setDefaultTimeout(20_000);
      const complaints = [];
      page.on("pageerror", (error) => complaints.push(error.stack));
      page.on("console", (message) => {
        const blocked = message.location().url.startsWith(CDN) && cdn === refuse;
        if (!["error", "warning"].includes(message.type()) || blocked || expected.test(message.text())) return;
        complaints.push(message.text());
      });
      await page.route((url) => url.origin !== URL_OF_OURS, cdn);
      await look(page, screen);
      await page.screenshot({ path: picture(`${name}-${screen}`) });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > settings.viewport.width) complaints.push(`the page is ${width} pixels wide`);
      if (complaints.length) throw new Error(`${name} on a ${screen}:\n${complaints.join("\n")}`);
      await page.close();
    }
  });
}

export const picture = (name) => file(`../../artefacts/${name}.png`);
