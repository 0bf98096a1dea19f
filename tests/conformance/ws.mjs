// graphql-ws: following, resuming, several operations on one connection, who is asking, and what ends a connection.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import {
  BAD_TOKEN, CHANGES, idOf, Inbox, RECORD, record, recordAll, REFUSED, SOCKET, soon, statement, TOKEN,
} from "./desk.mjs";

const PROTOCOL = "graphql-transport-ws";

/** A client that counts its sockets, and does not try again unless a test asks for it. */
function connect(options) {
  const sockets = [];
  class Counted extends WebSocket {
    constructor(...handshake) {
      super(...handshake);
      sockets.push(this);
    }
  }
  const client = createClient({ url: SOCKET, webSocketImpl: Counted, retryAttempts: 0, ...options });
  return { client, sockets };
}

function follow(client, variables, query = CHANGES) {
  const inbox = new Inbox();
  inbox.stop = client.subscribe({ query, variables }, inbox);
  return inbox;
}

/** The first result of an operation that has one. */
async function ask(client, query, variables) {
  const inbox = follow(client, variables, query);
  const result = await inbox.result();
  await inbox.end();
  return result;
}

// What is recorded over HTTP arrives.
{
  const { client } = connect();
  const { cursor } = await record();
  const inbox = follow(client, { after: cursor });
  for (let count = 0; count < 3; count++) {
    const entry = await record();
    assert.deepEqual(await inbox.change(), entry);
  }

  // A client that was away gets what it missed, each change once and in order, and then what comes.
  const last = await record();
  assert.deepEqual(await inbox.change(), last);
  await client.dispose();
  await inbox.end();
  const missed = await recordAll("SVS-19", "SVS-20", "SVS-19");
  const { client: back } = connect();
  const resumed = follow(back, { after: last.cursor });
  assert.deepEqual(await resumed.changes(3), missed);
  const live = await record();
  assert.deepEqual(await resumed.change(), live);
  await back.dispose();
  await resumed.end();
}

// When the network goes, the client comes back by itself, and asks for what follows the last change that it has.
{
  let notice;
  const noticed = new Promise((resolve) => (notice = resolve));
  const { client, sockets } = connect({ retryAttempts: 1, retryWait: () => new Promise(notice) });
  let { cursor } = await record();
  // Read anew whenever it is sent.
  const inbox = follow(client, { get after() { return cursor; } });
  const first = await record();
  assert.deepEqual(await inbox.change(), first);
  cursor = first.cursor;
  sockets[0].terminate();
  const comeBack = await soon(noticed, "the client's noticing that it was cut off");
  const entries = await recordAll("SVS-19", "SVS-20");
  comeBack();
  assert.deepEqual(await inbox.changes(2), entries);
  const live = await record();
  assert.deepEqual(await inbox.change(), live);
  assert.equal(sockets.length, 2);
  await client.dispose();
  await inbox.end();
}

// Everything on one connection: a subscriber to a commitment gets only its changes, and none after it stops.
{
  const { client, sockets } = connect({ lazy: false, connectionParams: { Authorization: TOKEN } });
  const { cursor: after } = await record();
  const all = follow(client, { after });
  const nineteen = follow(client, { after, subject: await idOf("SVS-19") });
  const twenty = follow(client, { after, subject: await idOf("SVS-20") });
  const stopped = follow(client, { after });
  const entries = await recordAll("SVS-20", "SVS-19", "SVS-19", "SVS-20");
  assert.deepEqual(await all.changes(4), entries);
  assert.deepEqual(await nineteen.changes(2), [entries[1], entries[2]]);
  assert.deepEqual(await twenty.changes(2), [entries[0], entries[3]]);
  assert.deepEqual(await stopped.changes(4), entries);
  stopped.stop();
  await stopped.end();

  // Questions are answered here too; and a change made here reaches every subscriber, from now on if no cursor is given.
  const { data } = await ask(client, "{ viewer { name roles } }");
  assert.deepEqual(data, { viewer: { name: "Tess Ter", roles: ["CONTRIBUTOR", "EDITOR"] } });
  const fromNowOn = follow(client);
  const made = await ask(client, RECORD, { input: statement("SVS-20") });
  const { change } = made.data.recordStatus;
  for (const inbox of [all, twenty, fromNowOn]) assert.deepEqual(await inbox.change(), change);
  const refused = await ask(client, RECORD, { input: { ...statement(), voice: "TRACKER" } });
  assert.equal(refused.data.recordStatus.problems[0].code, "INVALID");

  // A refused operation gets its code, and no other operation ends.
  for (const [code, query, variables] of REFUSED) {
    assert.equal(await follow(client, variables, query).refusal(), code);
  }
  const missed = await ask(client, '{ commitment(ref: "SVS-62") { id } }');
  assert.equal(missed.data.commitment, null);
  assert.equal(missed.errors[0].extensions.code, "NOT_FOUND");

  const entry = await record("SVS-19");
  for (const inbox of [all, nineteen, fromNowOn]) assert.deepEqual(await inbox.change(), entry);
  assert.equal(sockets.length, 1);
  await client.dispose();
  for (const inbox of [all, nineteen, twenty, fromNowOn]) await inbox.end();
}

// The token may as well stand in the handshake, where a client can send headers; and a ping is answered.
{
  class Known extends WebSocket {
    constructor(url, protocols) {
      super(url, protocols, { headers: { authorization: TOKEN } });
    }
  }
  const { client } = connect({ lazy: false, keepAlive: 10, webSocketImpl: Known });
  const { data } = await ask(client, "{ viewer { name } }");
  assert.equal(data.viewer.name, "Tess Ter");
  await soon(new Promise((resolve) => client.on("pong", resolve)), "an answer to a ping");
  await client.dispose();
}

// Without a token one may follow and ask, but not write.
{
  const { client } = connect();
  const { data, errors } = await ask(client, `query { viewer { name } }`);
  assert.deepEqual({ data, errors }, { data: { viewer: null }, errors: undefined });
  const refused = await ask(client, RECORD, { input: statement() });
  assert.deepEqual(refused.data, { recordStatus: null });
  assert.equal(refused.errors[0].extensions.code, "UNAUTHENTICATED");
  await client.dispose();
}

// Without a token, with a proxy's password, or with a null payload, a client is let in as the public.
for (const connectionParams of [null, { Authorization: "" }, { Authorization: "Basic eDp5" }]) {
  const { client } = connect({ connectionParams });
  assert.deepEqual((await ask(client, "{ viewer { name } }")).data, { viewer: null });
  await client.dispose();
}

// A token that is no good ends the connection, and the client does not try again.
for (const Authorization of [BAD_TOKEN, "Bearer nothing", "Bearer undefined"]) {
  const { client, sockets } = connect({ connectionParams: { Authorization }, retryAttempts: 5 });
  const event = await follow(client).failure();
  assert.equal(event.code, 4401);
  assert.match(event.reason, /token|Authorization/);
  assert.equal(sockets.length, 1);
  await client.dispose();
}

// What the protocol forbids ends a connection with the code that the protocol has for it.
const init = { type: "connection_init" };
const operation = { id: "1", type: "subscribe", payload: { query: "subscription { changes { cursor } }" } };
for (const [code, ...messages] of [
  [4401, operation],
  [4409, init, operation, operation],
  [4429, init, init],
  [4400, init, { type: "nothing" }],
  [4400, init, { id: "1", type: "subscribe" }],
  [4400, init, "not JSON"],
  [4400, init, []],
]) {
  const socket = new WebSocket(SOCKET, PROTOCOL);
  await soon(once(socket, "open"), "a connection");
  for (const message of messages) socket.send(typeof message === "string" ? message : JSON.stringify(message));
  const [closed, reason] = await soon(once(socket, "close"), `an end, after ${JSON.stringify(messages)}`);
  assert.equal(closed, code, `${JSON.stringify(messages)}: ${reason}`);
}

// Another protocol is refused, and the old one of the same name is another one.
for (const protocol of ["graphql-ws", "nothing"]) {
  await assert.rejects(soon(once(new WebSocket(SOCKET, protocol), "open"), "a refusal"), /no subprotocol/);
}
const [closed] = await soon(once(new WebSocket(SOCKET), "close"), "a refusal");
assert.equal(closed, 4406);
