// The audits of GraphQL over HTTP. A warning or a notice counts as much as an error.
import assert from "node:assert/strict";
import { auditServer } from "graphql-http";

const results = await auditServer({ url: `${process.env.SIXTYONE_URL}/graphql` });
const missed = results.filter(({ status }) => status !== "ok");
for (const { id, name, status, reason } of missed) console.error(`${status}: ${id} ${name}: ${reason}`);
assert.equal(missed.length, 0, "see above");
assert.equal(results.length, 61, "graphql-http has more audits, or fewer, than this test was written for");
