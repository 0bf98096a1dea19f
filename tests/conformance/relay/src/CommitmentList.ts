import { graphql } from "relay-runtime";

// `first` must be nullable for this: Relay gives the page size a variable of type Int.
export const commitments = graphql`
  fragment CommitmentList_query on Query
  @refetchable(queryName: "CommitmentListPaginationQuery")
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 20 }
    cursor: { type: "String" }
    filter: { type: "CommitmentFilter" }
  ) {
    commitments(first: $count, after: $cursor, filter: $filter)
      @connection(key: "CommitmentList_commitments", filters: ["filter"]) {
      totalCount
      edges {
        node {
          ref
          ...CommitmentCard_commitment
        }
      }
    }
  }
`;

export const page = graphql`
  query CommitmentListQuery($filter: CommitmentFilter) {
    ...CommitmentList_query @arguments(filter: $filter)
  }
`;
