import { graphql } from "relay-runtime";

// A list of another day in pages: Relay asks for the next one through node(id:), with the id of the record.
export const dated = graphql`
  fragment DatedList_record on DatedRecord
  @refetchable(queryName: "DatedListPaginationQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }) {
    commitments(first: $count, after: $cursor) @connection(key: "DatedList_commitments") {
      edges {
        node {
          ref
          status
        }
      }
    }
  }
`;

export const page = graphql`
  query DatedListQuery($day: Date) {
    record(asOf: $day) {
      ...DatedList_record
    }
  }
`;
