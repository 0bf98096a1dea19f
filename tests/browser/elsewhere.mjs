// Pages of another origin, with what a browser has of its own: EventSource, WebSocket, and fetch with a token.
import assert from "node:assert/strict";
import { createServer as createPages } from "node:http";
import { connect, createServer as createRelay } from "node:net";
import {
  CHANGES, EVENTS, GRAPHQL, Inbox, RECORD, record, recordAll, SOCKET, statement, TOKEN,
} from "../conformance/desk.mjs";
import { inChromium, listen, URL_OF_OURS } from "./browser.mjs";

const pages = createPages((_, response) => response.setHeader("content-type", "text/html").end("<!doctype html>"));
const elsewhere = await listen(pages);
// A way to our server that can be cut.
const cables = new Set();
const relay = createRelay((near) => {
  const far = connect(new URL(URL_OF_OURS).port, "127.0.0.1");
  for (const cable of [near, far]) cables.add(cable.on("error", () => {}));
  near.pipe(far).pipe(near);
});
const relayed = await listen(relay);

await inChromium(async (browser) => {
  const page = await browser.newPage();
  const inbox = new Inbox();
  await page.exposeFunction("next", inbox.next);
  await page.exposeFunction("complete", inbox.complete);
  await page.goto(elsewhere);
  const follow = (address, variables = {}) =>
    page.evaluate(
      (url) => {
        globalThis.source = new EventSource(url);
        source.addEventListener("next", ({ data }) => next(JSON.parse(data)));
        source.addEventListener("complete", () => complete(source.close()));
        return new Promise((resolve) => (source.onopen = () => resolve()));
      },
      `${address}?${new URLSearchParams({ query: CHANGES, variables: JSON.stringify(variables) })}`,
    );

  // EventSource: what is recorded comes, and what came while the connection was down comes when it is back, of itself.
  await follow(EVENTS.replace(URL_OF_OURS, relayed));
  for (let count = 0; count < 2; count++) {
    const entry = await record();
    assert.deepEqual(await inbox.change(), entry);
  }
  const back = page.evaluate(() => new Promise((resolve) => (source.onopen = () => resolve())));
  for (const cable of cables) cable.destroy();
  const missed = await recordAll("SVS-19", "SVS-20");
  await back;
  assert.deepEqual(await inbox.changes(2), missed);
  const last = await record();
  assert.deepEqual(await inbox.change(), last);
  await page.evaluate(() => source.close());

  // It may begin where another one ended; and it gets an error when there is nothing to follow.
  const entry = await record();
  await follow(EVENTS, { after: last.cursor });
  assert.deepEqual(await inbox.change(), entry);
  await page.evaluate(() => source.close());
  await follow(EVENTS, { after: "nothing" });
  assert.equal(await inbox.refusal(), "INVALID_CURSOR");

  // fetch: a page that has a token may write.
  const { data } = await page.evaluate(
    ([url, authorization, body]) => {
      const headers = { authorization, "content-type": "application/json" };
      return fetch(url, { method: "POST", headers, body }).then((response) => response.json());
    },
    [GRAPHQL, TOKEN, JSON.stringify({ query: RECORD, variables: { input: statement() } })],
  );
  const { change } = data.recordStatus;

  // WebSocket: the token, and that the cost is asked for, stand in the first message; no cookie and no origin matters.
  const heard = await page.evaluate(
    ([url, Authorization, query, after]) =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(url, "graphql-transport-ws");
        const say = (message) => socket.send(JSON.stringify(message));
        const heard = [];
        socket.onopen = () => say({ type: "connection_init", payload: { Authorization, "Sixty-One-Cost": "1" } });
        socket.onmessage = ({ data }) => {
          const { type, payload } = JSON.parse(data);
          if (type === "connection_ack") say({ id: "1", type: "subscribe", payload: { query: "{ viewer { name } }" } });
          if (type === "complete") say({ id: "2", type: "subscribe", payload: { query, variables: { after } } });
          if (type === "next") heard.push(payload);
          if (heard.length === 2) resolve(heard);
        };
        socket.onclose = ({ code, reason }) => reject(new Error(`${code}: ${reason}`));
      }),
    [SOCKET, TOKEN, CHANGES, entry.cursor],
  );
  assert.deepEqual(heard.map(({ data }) => data), [{ viewer: { name: "Tess Ter" } }, { changes: change }]);
  for (const { extensions } of heard) assert.deepEqual(Object.keys(extensions.cost), ["price", "cost", "allowed"]);

  // A client that has spent its budget reads when to come back.
  const spent = await page.evaluate(
    async ([url, body]) => {
      for (let count = 0; count < 20; count++) {
        const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
        if (response.status === 429) return response.headers.get("retry-after");
      }
    },
    [GRAPHQL, JSON.stringify({ query: `{ ${"a ".repeat(12_000)} }` })],
  );
  assert.match(spent, /^[1-9]\d*$/);
});
pages.close();
relay.close();
