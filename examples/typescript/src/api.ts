import { initGraphQLTada, type TadaDocumentNode } from "gql.tada";
import { print } from "graphql";
import type { introspection } from "./schema.js";

/** Writes a question. Its answer has its type from the schema. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  // All three are text on the wire. Money stays so: a float would bend it.
  scalars: { Date: string; DateTime: string; Decimal: string };
}>();

export const SERVER = process.env.SIXTYONE_URL ?? "http://127.0.0.1:8000";
const TOKEN = process.env.SIXTYONE_TOKEN;
/** Reading takes no token, and one that is no good is refused. */
export const HEADERS: Record<string, string> = TOKEN ? { Authorization: `Bearer ${TOKEN}` } : {};

/** What a person can be told; with the server's code where it refused. A program goes by the code. */
export class Problem extends Error {
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(code ? `${code}: ${message}` : message);
    this.code = code;
  }
}

interface Answer<Data> {
  data?: Data | null;
  errors?: readonly { message: string; extensions: { code?: unknown } }[];
}

export async function ask<Data, Variables>(question: TadaDocumentNode<Data, Variables>, variables: Variables) {
  const response = await fetch(`${SERVER}/graphql`, {
    method: "POST",
    headers: { ...HEADERS, "Content-Type": "application/json", Accept: "application/graphql-response+json" },
    body: JSON.stringify({ query: print(question), variables }),
  }).catch(() => {
    throw new Problem(`${SERVER} does not answer.`);
  });
  return dataOf(await read<Data>(response));
}

/** Whatever the status, an answer of Sixty-One is JSON of one shape. */
export async function read<Data>(response: Response): Promise<Answer<Data>> {
  if (response.headers.get("Content-Type")?.includes("json")) return (await response.json()) as Answer<Data>;
  throw new Problem(`${response.url} is not Sixty-One: it answers ${response.status}, and no JSON.`);
}

/** All of it, or a problem. (Where something is not found, the rest of the data is there too, beside the error.) */
export function dataOf<Data>({ data, errors }: Answer<Data>): Data {
  if (errors?.[0]) throw new Problem(errors[0].message, String(errors[0].extensions.code));
  return data as Data;
}

/** Runs a program; what a person can be told is told in a line. */
export async function run(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
