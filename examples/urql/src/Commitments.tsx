import { useClient, useQuery } from "urql";
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

interface Props {
  choice: Choice;
  statuses: Status[];
}

export function Commitments({ choice, statuses }: Props) {
  const filter: VariablesOf<typeof COMMITMENTS>["filter"] = {
    status: only(choice.status),
    theme: only(choice.theme),
    lead: only(choice.lead),
    search: choice.search,
  };
  const client = useClient();
  const [{ data, error }] = useQuery({
    query: COMMITMENTS,
    variables: { filter },
    // A list that was seen before is shown at once, and asked for again: a change may have moved rows in or out.
    requestPolicy: "cache-and-network",
  });
  if (error) return <p role="alert">{error.message}</p>;
  const commitments = data?.commitments;
  if (!commitments) return <p>Loading …</p>;

  const { totalCount, edges, pageInfo } = commitments;
  // The cache adds the page to the list.
  const next = async () => {
    const { error } = await client.query(COMMITMENTS, { filter, after: pageInfo.endCursor });
    if (error) throw error;
  };
  return (
    <section aria-labelledby="count">
      <h2 id="count">
        <span role="status">{totalCount === 1 ? "1 commitment" : `${totalCount} commitments`}</span>
      </h2>
      <ol className="commitments">
        {edges.map(({ node }) => (
          <Commitment key={node.id} data={node} statuses={statuses} />
        ))}
      </ol>
      {pageInfo.hasNextPage && <More key={JSON.stringify(choice)} load={next} />}
    </section>
  );
}
