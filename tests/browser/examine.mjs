// What axe-core says of a page as it is.
import { readFileSync } from "node:fs";
import { installed } from "./browser.mjs";

const AXE = readFileSync(installed.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What it finds wrong, and the rules that something passed. The page is one that is opened with `bypassCSP`. */
export async function examine(page) {
  await page.addScriptTag({ content: AXE });
  return page.evaluate(async (values) => {
    const { violations, passes } = await globalThis.axe.run({ runOnly: { type: "tag", values } });
    const told = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    return { told, passed: passes.map(({ id }) => id) };
  }, TAGS);
}
