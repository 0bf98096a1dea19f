// graphql-sse, one connection for each operation: following, resuming, errors, who is asking, and what is over at once.
import assert from "node:assert/strict";
import { createClient, NetworkError } from "graphql-sse";
import {
  BAD_TOKEN, CHANGES, EVENTS, idOf, Inbox, RECORD, record, recordAll, REFUSED, soon, statement, TOKEN,
} from "./desk.mjs";

function connect(options) {
  return createClient({ url: EVENTS, retryAttempts: 0, ...options });
}

/** Follows, and returns when the server has answered: from then on nothing is missed. */
async function follow(client, variables, query = CHANGES) {
  const inbox = new Inbox();
  const answered = new Promise((resolve) => {
    inbox.stop = client.subscribe({ query, variables }, inbox, { connected: resolve });
  });
  await soon(answered, "an answer");
  return inbox;
}

/** The only result of an operation that has one. */
async function ask(client, query, variables) {
  const inbox = await follow(client, variables, query);
  const result = await inbox.result();
  await inbox.end();
  return result;
}

// Recorded changes arrive; a subscriber to a commitment gets only its changes.
{
  const client = connect();
  const all = await follow(client);
  const twenty = await follow(client, { subject: await idOf("SVS-20") });
  for (const ref of ["SVS-19", "SVS-20"]) {
    const entry = await record(ref);
    assert.deepEqual(await all.change(), entry);
    if (ref === "SVS-20") assert.deepEqual(await twenty.change(), entry);
  }

  // A client that was away gets what it missed, each change once and in order, and then what comes.
  const last = await record();
  assert.deepEqual(await all.change(), last);
  client.dispose();
  await all.end();
  await twenty.end();
  const missed = await recordAll("SVS-19", "SVS-20", "SVS-19");
  const back = connect();
  const resumed = await follow(back, { after: last.cursor });
  assert.deepEqual(await resumed.changes(3), missed);
  const live = await record();
  assert.deepEqual(await resumed.change(), live);
  back.dispose();
  await resumed.end();
}

// When the network goes, the client comes back by itself, and asks for what follows the last change that it has.
{
  let cut, notice;
  const noticed = new Promise((resolve) => (notice = resolve));
  const client = connect({
    retryAttempts: 1,
    retry: () => new Promise(notice),
    fetchFn(url, { signal, ...request }) {
      const connection = new AbortController();
      cut = () => connection.abort();
      signal.addEventListener("abort", cut);
      return fetch(url, { ...request, signal: connection.signal });
    },
  });
  let { cursor } = await record();
  // Read anew whenever it is sent.
  const inbox = await follow(client, { get after() { return cursor; } });
  const first = await record();
  assert.deepEqual(await inbox.change(), first);
  cursor = first.cursor;
  cut();
  const comeBack = await soon(noticed, "the client's noticing that it was cut off");
  const entries = await recordAll("SVS-19", "SVS-20");
  comeBack();
  assert.deepEqual(await inbox.changes(2), entries);
  const live = await record();
  assert.deepEqual(await inbox.change(), live);
  client.dispose();
  await inbox.end();
}

// A query is over after its answer; and a refused operation gets its code, and no other operation ends.
{
  const client = connect({ headers: { authorization: TOKEN } });
  const all = await follow(client);
  const { data } = await ask(client, "{ viewer { name roles } }");
  assert.deepEqual(data, { viewer: { name: "Tess Ter", roles: ["CONTRIBUTOR", "EDITOR"] } });
  const made = await ask(client, RECORD, { input: statement() });
  assert.deepEqual(await all.change(), made.data.recordStatus.change);
  const refused = await ask(client, RECORD, { input: { ...statement(), voice: "TRACKER" } });
  assert.equal(refused.data.recordStatus.problems[0].code, "INVALID");

  for (const [code, query, variables] of REFUSED) {
    const inbox = await follow(client, variables, query);
    assert.equal(await inbox.refusal(), code);
  }

  const entry = await record();
  assert.deepEqual(await all.change(), entry);
  client.dispose();
  await all.end();
}

// Without a token one may follow and ask, but not write.
{
  const client = connect();
  assert.deepEqual(await ask(client, "{ viewer { name } }"), { data: { viewer: null } });
  const { data, errors } = await ask(client, RECORD, { input: statement() });
  assert.deepEqual(data, { recordStatus: null });
  assert.equal(errors[0].extensions.code, "UNAUTHENTICATED");
  client.dispose();
}

// A token that is no good is refused before anything is sent.
for (const authorization of [BAD_TOKEN, "Bearer nothing", "Bearer undefined"]) {
  const client = connect({ headers: { authorization } });
  const inbox = new Inbox();
  client.subscribe({ query: CHANGES }, inbox);
  const error = await inbox.failure();
  assert(error instanceof NetworkError, `${error}`);
  assert.equal(error.response.status, 401);
  const { errors } = await error.response.json();
  assert.equal(errors[0].extensions.code, "UNAUTHENTICATED");
  client.dispose();
}

// A browser's own EventSource asks by GET, which may change nothing; and it reads no answer but a stream.
for (const [query, answer] of [
  ["{ __typename }", /"data":/],
  [RECORD, /METHOD_NOT_ALLOWED/],
]) {
  const variables = JSON.stringify({ input: statement() });
  const response = await fetch(`${EVENTS}?${new URLSearchParams({ query, variables })}`);
  assert.equal(response.status, 200);
  assert.match(await response.text(), answer);
}
