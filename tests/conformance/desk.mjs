// The parts that scripts about subscriptions share: a writer and a subscriber.
import assert from "node:assert/strict";

export const URL_OF_OURS = process.env.SIXTYONE_URL;
export const GRAPHQL = `${URL_OF_OURS}/graphql`;
export const SOCKET = GRAPHQL.replace("http", "ws");
export const EVENTS = `${GRAPHQL}/stream`;
export const TOKEN = `Bearer ${process.env.SIXTYONE_TOKEN}`;
export const BAD_TOKEN = `Bearer sxo_${"x".repeat(43)}`;

export const CHANGES = `
  subscription ($after: String, $subject: ID) {
    changes(after: $after, subject: $subject) {
      revision
      cursor
      summary
    }
  }
`;
export const RECORD = `
  mutation ($input: RecordStatusInput!) {
    recordStatus(input: $input) {
      ... on StatusRecorded { change { revision cursor summary } }
      ... on Rejected { problems { code message path } }
    }
  }
`;

/** Operations that are refused, by the code of the refusal. */
export const REFUSED = [
  ["GRAPHQL_PARSE_FAILED", "subscription { changes {"],
  ["GRAPHQL_VALIDATION_FAILED", "subscription { changes { nothing } }"],
  ["OPERATION_RESOLUTION_FAILURE", "query A { __typename } query B { __typename }"],
  ["QUERY_TOO_DEEP", `{ ${"node(id: 1) { ".repeat(30)} id ${"}".repeat(30)} }`],
  ["BAD_USER_INPUT", CHANGES, { after: 1 }],
  ["INVALID_CURSOR", CHANGES, { after: "nothing" }],
  ["INVALID_ID", CHANGES, { subject: "nothing" }],
];

export async function ask(query, variables, headers = {}) {
  const response = await fetch(GRAPHQL, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

let pages = 0;
/** A new statement. */
export function statement(commitment = "SVS-19") {
  const newDocument = { slug: `page-${++pages}`, title: `Page ${pages}` };
  const said = { status: "IN_PROGRESS", effectiveOn: "2025-01-31", voice: "GOVERNMENT", note: "It goes on." };
  return { commitment, ...said, citation: { newDocument } };
}

/** Makes a change over HTTP, and returns its entry in the log. */
export async function record(commitment) {
  const { recordStatus } = await ask(RECORD, { input: statement(commitment) }, { authorization: TOKEN });
  assert(recordStatus.change, JSON.stringify(recordStatus));
  return recordStatus.change;
}

/** Makes several, one after the other. */
export async function recordAll(...commitments) {
  const entries = [];
  for (const commitment of commitments) entries.push(await record(commitment));
  return entries;
}

export async function idOf(ref) {
  return (await ask("query ($ref: String!) { commitment(ref: $ref) { id } }", { ref })).commitment.id;
}

/** A fetch that notes for each request its method, and whether it has a hash and a text. */
export function noting(sent) {
  return (url, options) => {
    const request = options.body ?? decodeURIComponent(url);
    sent.push([options.method, request.includes("sha256Hash"), /[{?&,]"?query[=":]/.test(request)]);
    return fetch(url, options);
  };
}

/** The value of a promise, or a failure after a timeout. */
export async function soon(promise, what) {
  // The error is made here, so that its stack shows the caller.
  const late = new Error(`thirty seconds have passed without ${what}`);
  let timer;
  const tooLong = new Promise((_, reject) => (timer = setTimeout(reject, 30_000, late)));
  try {
    return await Promise.race([promise, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

/** Takes what a subscription brings, to be asked for piece by piece: nothing is lost, and nothing may be left over. */
export class Inbox {
  #pieces = [];
  #arrived = () => {};

  constructor() {
    this.next = (value) => this.#put({ value });
    this.error = (error) => this.#put({ error });
    this.complete = () => this.#put({ complete: true });
  }

  #put(piece) {
    this.#pieces.push(piece);
    this.#arrived();
  }

  async #take(what) {
    if (!this.#pieces.length) await soon(new Promise((resolve) => (this.#arrived = resolve)), what);
    return this.#pieces.shift();
  }

  /** The next result, whole. */
  async result() {
    const piece = await this.#take("a result");
    assert("value" in piece, `something else came: ${describe(piece)}`);
    return piece.value;
  }

  /** The next change, which came without errors. */
  async change() {
    const { data, errors } = await this.result();
    assert.equal(errors, undefined, JSON.stringify(errors));
    return data.changes;
  }

  async changes(count) {
    const changes = [];
    while (changes.length < count) changes.push(await this.change());
    return changes;
  }

  /** The code of the error of an operation that did not begin. */
  async refusal() {
    const piece = await this.#take("a refusal");
    // Some of it is found before anything is executed, and some, such as a cursor that is none, a moment later.
    if ("value" in piece) await this.end();
    const errors = "value" in piece ? piece.value.errors : piece.error;
    assert(Array.isArray(errors) && errors.length, `something else came: ${describe(piece)}`);
    return errors[0].extensions?.code;
  }

  async failure() {
    const piece = await this.#take("an error");
    assert("error" in piece, `something else came: ${describe(piece)}`);
    return piece.error;
  }

  async end() {
    const piece = await this.#take("an end");
    assert(piece.complete, `something else came: ${describe(piece)}`);
    assert.deepEqual(this.#pieces, []);
  }
}

function describe(piece) {
  return JSON.stringify(piece, (_, value) => (value instanceof Error ? `${value}` : value));
}
