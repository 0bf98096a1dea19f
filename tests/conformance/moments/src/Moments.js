import { graphql } from "relay-runtime";

export const moments = graphql`
  query MomentsQuery {
    early: record(asOf: "2018-04-08") {
      ...MomentsRecord @relay(mask: false)
    }
    late: record(asOf: "2019-12-31") {
      ...MomentsRecord @relay(mask: false)
    }
    first: record(revision: 1) {
      ...MomentsRecord @relay(mask: false)
    }
    both: record(asOf: "2018-04-08", revision: 1) {
      ...MomentsRecord @relay(mask: false)
    }
    dated: commitment(ref: "SVS-21") {
      ...MomentsCommitment @relay(mask: false)
    }
    named: commitment(ref: "SVS-35") {
      ...MomentsCommitment @relay(mask: false)
    }
  }
`;
export const record = graphql`
  fragment MomentsRecord on DatedRecord {
    __typename
    id
    dated: commitment(ref: "SVS-21") {
      ...MomentsCommitment @relay(mask: false)
    }
    named: commitment(ref: "SVS-35") {
      ...MomentsCommitment @relay(mask: false)
    }
  }
`;
export const commitment = graphql`
  fragment MomentsCommitment on Commitment {
    __typename
    id
    title
    status
    leads {
      __typename
      id
      name
    }
  }
`;
export const node = graphql`
  query MomentsNodeQuery($id: ID!) {
    node(id: $id) {
      ... on Commitment {
        __typename
        id
        title
        status
        leads {
          __typename
          id
          name
        }
      }
    }
  }
`;
