// Prints each change as it is recorded: node dist/follow.js [REF] [--after CURSOR]
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { ResultOf } from "gql.tada";
import { print } from "graphql";
import { createClient, NetworkError } from "graphql-sse";
import { ask, dataOf, graphql, HEADERS, Problem, read, run, SERVER } from "./api.js";

const LATEST = graphql(`
  {
    changes(direction: DESC, first: 1) {
      nodes {
        cursor
      }
    }
  }
`);

const COMMITMENT = graphql(`
  query ($ref: String!) {
    commitment(ref: $ref) {
      id
    }
  }
`);

const CHANGES = graphql(`
  subscription ($after: String, $subject: ID) {
    changes(after: $after, subject: $subject) {
      revision
      recordedAt
      actor
      summary
      cursor
    }
  }
`);

type Change = NonNullable<ResultOf<typeof CHANGES>>;

// The client's own attempts are off, because it would also repeat a request that was refused.
const client = createClient({ url: `${SERVER}/graphql/stream`, headers: HEADERS, retryAttempts: 0 });

await run(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { after: { type: "string" } } });
  // The place in the log. It is asked for first, so that no change is missed.
  let after = values.after ?? (await ask(LATEST, {})).changes.nodes[0]?.cursor ?? null;
  const subject = positionals[0] ? await commitment(positionals[0]) : null;
  console.log(`Following ${positionals[0] ?? "everything"} at ${SERVER}; Ctrl+C to stop.`);
  process.on("SIGINT", () => {
    // A page would save it in localStorage.
    console.log(`\nTo go on from here, add: --after ${after}`);
    process.exit();
  });

  for (let wait = 1; ; wait = Math.min(wait * 2, 60)) {
    try {
      const request = { query: print(CHANGES), variables: { after, subject } };
      for await (const answer of client.iterate<Change>(request)) {
        const { changes: change } = dataOf(answer);
        console.log(`${change.revision}  ${change.recordedAt}  ${change.actor}: ${change.summary}`);
        after = change.cursor;
        wait = 1;
      }
    } catch (error) {
      await throwUnlessTemporary(error);
    }
    console.error(`The stream broke off. Trying again in ${wait} s, from the same place.`);
    await pause(wait * 1000);
  }
});

async function commitment(ref: string): Promise<string> {
  return (await ask(COMMITMENT, { ref })).commitment.id;
}

/** Returns where it makes sense to connect again. What the server refuses now it will refuse again. */
async function throwUnlessTemporary(error: unknown): Promise<void> {
  if (error instanceof Problem && error.code === "SUBSCRIBER_TOO_SLOW") return;
  if (!(error instanceof NetworkError)) throw error;
  const response = error.response as Response | undefined;
  if (response && response.status < 500) dataOf(await read(response));
}
