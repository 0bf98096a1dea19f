// A server that is restarted: clients come back, and have missed nothing. The address of the new one comes by stdin.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { createInterface } from "node:readline/promises";
import { createClient as createEvents } from "graphql-sse";
import { createClient as createSocket } from "graphql-ws";
import WebSocket from "ws";
import { CHANGES, EVENTS, Inbox, record, SOCKET, soon, URL_OF_OURS } from "./desk.mjs";

// An address that stays, as a proxy has it.
let { port } = new URL(URL_OF_OURS);
const cables = [];
const relay = createServer((near) => {
  const far = connect(port, "127.0.0.1");
  for (const [one, other] of [[near, far], [far, near]]) one.on("error", () => other.destroy()).pipe(other);
  cables.push(near, far);
});
relay.listen(0, "127.0.0.1");
await once(relay, "listening");
const here = (url) => url.replace(URL_OF_OURS.slice("http".length), `://127.0.0.1:${relay.address().port}`);

const restarted = createInterface({ input: process.stdin });
const url = once(restarted, "line").then(([line]) => new URL(line));
const { cursor } = await record();
const clients = [
  createSocket({ url: here(SOCKET), webSocketImpl: WebSocket, retryAttempts: 1, retryWait: () => url }),
  createEvents({ url: here(EVENTS), retryAttempts: 1, retry: () => url }),
];
const inboxes = clients.map((client) => {
  const inbox = new Inbox();
  const variables = { after: cursor };
  client.subscribe({ query: CHANGES, variables }, {
    next(result) {
      variables.after = result.data.changes.cursor;
      inbox.next(result);
    },
    error: inbox.error,
    complete: inbox.complete,
  });
  return inbox;
});
const first = await record();
for (const inbox of inboxes) assert.deepEqual(await inbox.change(), first);
console.log("following");
({ port } = await url);
for (const inbox of inboxes) assert.equal((await inbox.change()).revision, first.revision + 1);
for (const client of clients) client.dispose();
for (const inbox of inboxes) await inbox.end();
relay.close();
for (const cable of cables) cable.destroy();
restarted.close();
