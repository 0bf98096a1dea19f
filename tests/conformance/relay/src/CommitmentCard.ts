import { graphql } from "relay-runtime";

// Asking again on another day goes through node(id:), which Relay requires to be nullable.
export const card = graphql`
  fragment CommitmentCard_commitment on Commitment
  @refetchable(queryName: "CommitmentCardRefetchQuery")
  @argumentDefinitions(day: { type: "Date" }) {
    title
    status(asOf: $day)
    statusUpdate(asOf: $day) {
      effectiveOn
      voice
      citation {
        ...Citation_citation
      }
    }
  }
`;
