// Tests what this folder prints, against a server of its own: npm test, after npm run build. SIXTYONE may name the
// command `sixtyone`; docs/testing.md says how to get it.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

const RECORD = `
  mutation ($input: RecordStatusInput!) {
    recordStatus(input: $input) {
      ... on StatusRecorded { statusUpdate { status } }
      ... on Rejected { problems { message } }
    }
  }
`;
const STATUS = {
  commitment: "SVS-22",
  status: "DELIVERED",
  effectiveOn: "2018-04-08",
  voice: "MEDIA",
  note: "A paper reports it.",
  citation: { newDocument: { slug: "report", title: "A report in a paper" } },
};
let child, server;

before(async () => {
  child = spawn(process.env.SIXTYONE ?? "sixtyone", ["serve", "--scratch"], { stdio: ["pipe", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    server = JSON.parse(line);
    return;
  }
  throw new Error("Sixty-One did not start.");
});
after(() => child.stdin.end());

async function theme(slug, day) {
  const env = { ...process.env, SIXTYONE_URL: server.url };
  return (await promisify(execFile)("node", ["dist/theme.js", slug, day], { env })).stdout;
}

test("before the Strategy nothing is assessed", async () => {
  const unknown = "Not assessed. Nothing is recorded. This does not say that nothing was done.";
  assert.match(await theme("communities", "2018-04-08"), new RegExp(`SVS-22  Ask .*\n        ${unknown}\n\n`));
});

test("what an editor records is printed with its source", async () => {
  const response = await fetch(server.graphql, {
    method: "POST",
    headers: { authorization: `Bearer ${server.token}`, "content-type": "application/json" },
    body: JSON.stringify({ query: RECORD, variables: { input: STATUS } }),
  });
  assert.deepEqual(await response.json(), { data: { recordStatus: { statusUpdate: { status: "DELIVERED" } } } });
  const lines = "        Delivered\n        2018-04-08, media: A report in a paper\n";
  assert.match(await theme("communities", "2018-04-08"), new RegExp(`SVS-22  Ask .*\n${lines}`));
});
