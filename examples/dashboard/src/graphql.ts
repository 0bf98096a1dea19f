import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./schema.js";

/** Parses a document. Its variables and its answer have their types from the schema. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { Date: string; DateTime: string; Decimal: string };
}>();

export { readFragment, type FragmentOf, type ResultOf, type VariablesOf } from "gql.tada";
