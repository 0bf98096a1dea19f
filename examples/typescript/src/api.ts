import { initGraphQLTada, type TadaDocumentNode } from "gql.tada";
import { print } from "graphql";
import type { introspection } from "./schema.js";

/** Parses a query. Its answer has its type from the schema. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  // All three are text in JSON. Money stays text: a float would round it.
  scalars: { Date: string; DateTime: string; Decimal: string };
}>();

export const SERVER = process.env.SIXTYONE_URL ?? "http://127.0.0.1:8000";
const TOKEN = process.env.SIXTYONE_TOKEN;
/** Reading takes no token. A bad token is refused. */
export const HEADERS: Record<string, string> = TOKEN ? { Authorization: `Bearer ${TOKEN}` } : {};

/** An error with a message for people, and the server's code for programs where it refused. */
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

/** Data without an error beside it. Of what is asked here, only an error makes a field of the query null. */
export type Whole<Data> = { [Field in keyof Data]: NonNullable<Data[Field]> };

export async function ask<Data, Variables>(query: TadaDocumentNode<Data, Variables>, variables: Variables) {
  const response = await fetch(`${SERVER}/graphql`, {
    method: "POST",
    headers: { ...HEADERS, "Content-Type": "application/json", Accept: "application/graphql-response+json" },
    body: JSON.stringify({ query: print(query), variables }),
  }).catch(() => {
    throw new Problem(`${SERVER} does not answer.`);
  });
  return dataOf(await read<Whole<Data>>(response));
}

/** An answer of Sixty-One is JSON of one shape, whatever the status. */
export async function read<Data>(response: Response): Promise<Answer<Data>> {
  if (response.headers.get("Content-Type")?.includes("json")) return (await response.json()) as Answer<Data>;
  throw new Problem(`${response.url} is not Sixty-One: it answers ${response.status}, and no JSON.`);
}

/** Returns the data, or throws the first error. The data beside an error, such as NOT_FOUND, is dropped. */
export function dataOf<Data>({ data, errors }: Answer<Data>): Data {
  if (errors?.[0]) throw new Problem(errors[0].message, String(errors[0].extensions.code));
  return data as Data;
}

/** Runs a program, and prints a problem in one line. */
export async function run(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
