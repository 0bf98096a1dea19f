// Read by the compiler alone, which writes their texts to documents.json and their ids into what the program imports.
import { graphql } from "relay-runtime";

export const list = graphql`
  fragment queries_list on Query
  @refetchable(queryName: "queriesPaginationQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 40 }, cursor: { type: "String" }) {
    commitments(first: $count, after: $cursor) @connection(key: "queries_commitments") {
      edges {
        node {
          ref
        }
      }
    }
  }
`;

export const first = graphql`
  query queriesQuery($asOf: Date) {
    ...queries_list
    progress(asOf: $asOf) {
      total
    }
  }
`;
