import { graphql } from "relay-runtime";

export const citation = graphql`
  fragment Citation_citation on Citation {
    paragraph
    document {
      title
      url
    }
    subject {
      __typename
      ... on Commitment {
        ref
      }
      ... on Fund {
        name
      }
    }
  }
`;
