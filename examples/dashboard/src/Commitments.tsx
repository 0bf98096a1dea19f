import { useQuery } from "@apollo/client/react";
import { only, type Choice } from "./choice.js";
import { Commitment, COMMITMENT, type Status } from "./Commitment.js";
import { graphql, type VariablesOf } from "./graphql.js";
import { More } from "./More.js";

const COMMITMENTS = graphql(
  `
    query Commitments($filter: CommitmentFilter, $after: String) {
      commitments(filter: $filter, first: 20, after: $after) {
        totalCount
        edges {
          cursor
          node {
            id
            ref
            title
            ...Commitment
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [COMMITMENT],
);

export interface Subject {
  ref: string;
  title: string | null;
}

interface Props {
  choice: Choice;
  statuses: Status[];
  onRecord: (subject: Subject) => void;
}

export function Commitments({ choice, statuses, onRecord }: Props) {
  const filter: VariablesOf<typeof COMMITMENTS>["filter"] = {
    status: only(choice.status),
    theme: only(choice.theme),
    lead: only(choice.lead),
    search: choice.search,
  };
  const { data, previousData, error, fetchMore } = useQuery(COMMITMENTS, {
    variables: { filter },
    // A list that was seen before is shown at once, and asked for again: a change may have moved rows in or out.
    fetchPolicy: "cache-and-network",
    nextFetchPolicy: (policy, { reason, initialFetchPolicy }) =>
      reason === "variables-changed" ? initialFetchPolicy : "cache-first",
  });
  if (error) return <p role="alert">{error.message}</p>;
  const commitments = (data ?? previousData)?.commitments;
  if (!commitments) return <p>Loading …</p>;

  const { totalCount, edges, pageInfo } = commitments;
  const next = () => fetchMore({ variables: { after: pageInfo.endCursor } });
  return (
    <section aria-labelledby="count">
      <h2 id="count">
        <span role="status">{totalCount === 1 ? "1 commitment" : `${totalCount} commitments`}</span>
      </h2>
      <ol className="commitments">
        {edges.map(({ node }) => (
          <Commitment key={node.id} data={node} statuses={statuses}>
            <button type="button" aria-label={`Record a status of ${node.ref}`} onClick={() => onRecord(node)}>
              Record a status
            </button>
          </Commitment>
        ))}
      </ol>
      {pageInfo.hasNextPage && <More key={JSON.stringify(choice)} load={next} />}
    </section>
  );
}
