// Every page is valid HTML, byte for byte as it is served.
import assert from "node:assert/strict";
import { installed } from "./browser.mjs";
import { address, PAGES } from "./pages.mjs";

const { HtmlValidate, StaticConfigLoader } = installed("html-validate");
const validator = new HtmlValidate(
  new StaticConfigLoader([], {
    extends: ["html-validate:standard", "html-validate:recommended"],
    rules: {
      // Both ways of writing it are right.
      "doctype-style": ["error", { style: "lowercase" }],
      // The form of the day carries on what else was asked, a filter with two values twice. That is how forms say it.
      "form-dup-name": "off",
      // About search engines: a title holds that of a document, however long it is.
      "long-title": "off",
      // Templates leave spaces behind, which cost nothing once they are packed.
      "no-trailing-whitespace": "off",
      // A table that scrolls is a region to be reached by keyboard, and no section of the text with a heading.
      "prefer-native-element": ["error", { exclude: ["region"] }],
    },
  }),
);

const found = [];
for (const path of [...PAGES, "/graphql"]) {
  const response = await fetch(address(path), { headers: { accept: "text/html" } });
  assert.match(response.headers.get("content-type"), /^text\/html; charset=utf-8$/, path);
  const { results } = await validator.validateString(await response.text());
  for (const { ruleId, message, line } of results.flatMap(({ messages }) => messages)) {
    found.push(`${path}, line ${line}: ${message} (${ruleId})`);
  }
}
assert.deepEqual(found, []);
