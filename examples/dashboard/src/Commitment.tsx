import type { ReactNode } from "react";
import { graphql, readFragment, type FragmentOf, type ResultOf } from "./graphql.js";
import { SERVER } from "./server.js";

export const COMMITMENT = graphql(`
  fragment Commitment on Commitment {
    id
    ref
    title
    pageUrl
    theme {
      id
      title
    }
    leads {
      id
      name
    }
    status
    statusUpdate {
      id
      effectiveOn
      precision
      voice
      citation {
        id
        document {
          id
          title
          url
        }
      }
    }
  }
`);

/** Labels and meanings are the server's: NOT_ASSESSED must not be read as "nothing was done". */
export const STATUS = graphql(`
  fragment Status on StatusDefinition {
    id
    status
    group
    label
    meaning
  }
`);

export type Status = ResultOf<typeof STATUS>;

interface Props {
  data: FragmentOf<typeof COMMITMENT>;
  statuses: Status[];
  children?: ReactNode;
}

export function Commitment({ data, statuses, children }: Props) {
  const { ref, title, pageUrl, theme, leads, status, statusUpdate } = readFragment(COMMITMENT, data);
  const definition = statuses.find((definition) => definition.status === status);
  return (
    <li className="commitment" id={ref}>
      <div>
        {children}
        <p className="badge" data-group={definition?.group} title={definition?.meaning}>
          {definition?.label}
        </p>
      </div>
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
function day({ effectiveOn, precision }: { effectiveOn: string; precision: "DAY" | "MONTH" | "YEAR" }) {
  return effectiveOn.slice(0, { DAY: 10, MONTH: 7, YEAR: 4 }[precision]);
}

function source({ title, url }: { title: string; url?: string | null }) {
  return url ? <a href={url}>{title}</a> : title;
}
