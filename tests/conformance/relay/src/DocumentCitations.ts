import { graphql } from "relay-runtime";

// A list within a node: the next page asks for the node by its id.
export const citations = graphql`
  fragment DocumentCitations_document on Document
  @refetchable(queryName: "DocumentCitationsPaginationQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }) {
    citations(first: $count, after: $cursor) @connection(key: "DocumentCitations_citations") {
      edges {
        node {
          ...Citation_citation
        }
      }
    }
  }
`;
