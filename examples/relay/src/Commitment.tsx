import { graphql, useFragment } from "react-relay";
import type { Commitment_commitment$key } from "./__generated__/Commitment_commitment.graphql.js";
import type { Commitment_statuses$key } from "./__generated__/Commitment_statuses.graphql.js";
import { SERVER } from "./server.js";

interface Props {
  data: Commitment_commitment$key;
  statuses: Commitment_statuses$key;
}

export function Commitment({ data, statuses }: Props) {
  const { ref, title, pageUrl, theme, leads, status, statusUpdate } = useFragment(
    graphql`
      fragment Commitment_commitment on Commitment {
        ref
        title
        pageUrl
        theme {
          title
        }
        leads {
          name
        }
        status
        statusUpdate {
          effectiveOn
          precision
          voice
          citation {
            document {
              title
              url
            }
          }
        }
      }
    `,
    data,
  );
  // Labels and meanings are the server's: NOT_ASSESSED must not be read as "nothing was done".
  const definitions = useFragment(
    graphql`
      fragment Commitment_statuses on StatusDefinition @relay(plural: true) {
        status
        group
        label
        meaning
      }
    `,
    statuses,
  );
  const definition = definitions.find((definition) => definition.status === status);
  return (
    <li className="commitment" id={ref}>
      <p className="badge" data-group={definition?.group} title={definition?.meaning}>
        {definition?.label}
      </p>
      <h3>
        <a href={new URL(pageUrl, SERVER).href}>
          <span className="ref">{ref}</span> {title ?? "Not identified yet"}
        </a>
      </h3>
      {theme && <p>{[theme.title, ...leads.map(({ name }) => name)].join(" · ")}</p>}
      {statusUpdate && (
        <p className="source">
          {day(statusUpdate)}, {statusUpdate.voice.toLowerCase().replace("_", " ")}
          {statusUpdate.citation && <>: {source(statusUpdate.citation.document)}</>}
        </p>
      )}
    </li>
  );
}

/** The date of a month or a year is its last day, so it is cut to what is known. */
function day({ effectiveOn, precision }: { effectiveOn: string; precision: string }) {
  return effectiveOn.slice(0, { DAY: 10, MONTH: 7, YEAR: 4 }[precision]);
}

function source({ title, url }: { title: string; url?: string | null }) {
  return url ? <a href={url}>{title}</a> : title;
}
