import { CombinedGraphQLErrors } from "@apollo/client";
import { useMutation } from "@apollo/client/react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { COMMITMENT, type Status } from "./Commitment.js";
import { Field, Problems, type Problem } from "./Field.js";
import { graphql, type VariablesOf } from "./graphql.js";

const RECORD = graphql(
  `
    mutation RecordStatus($input: RecordStatusInput!) {
      recordStatus(input: $input) {
        ... on StatusRecorded {
          change {
            id
            affected(first: 50) {
              id
              ...Commitment
            }
          }
        }
        ... on Rejected {
          problems {
            message
            path
          }
        }
      }
    }
  `,
  [COMMITMENT],
);

type Input = VariablesOf<typeof RECORD>["input"];

// It does not compile when the schema has a voice that is not here.
const VOICES: Record<Input["voice"], string> = {
  GOVERNMENT: "Government",
  PARLIAMENT: "Parliament",
  INSPECTORATE: "Inspectorate",
  DELIVERY_BODY: "Delivery body",
  CIVIL_SOCIETY: "Civil society",
  MEDIA: "Media",
  TRACKER: "This tracker",
};

// Each control is named by the place of its value in the input, so that a problem finds it by its path.
const NAMES = [
  "token",
  "status",
  "effectiveOn",
  "voice",
  "note",
  "citation",
  "citation.newDocument.title",
  "citation.newDocument.slug",
  "citation.newDocument.url",
];

function inputOf(form: FormData, commitment: string): Input {
  const read = (name: string) => String(form.get(name) ?? "").trim();
  const title = read("citation.newDocument.title");
  const slug = read("citation.newDocument.slug");
  const url = read("citation.newDocument.url");
  return {
    commitment,
    status: read("status") as Input["status"],
    effectiveOn: read("effectiveOn"),
    voice: read("voice") as Input["voice"],
    note: read("note"),
    citation: title || slug || url ? { newDocument: { title, slug, url: url || null } } : null,
  };
}

/** What is wrong with the whole request. A bad token is a problem of its field. */
function problemOf(error: unknown): Problem {
  const denied = CombinedGraphQLErrors.is(error) && error.errors[0]?.extensions?.code === "UNAUTHENTICATED";
  return { message: error instanceof Error ? error.message : String(error), path: denied ? ["token"] : [] };
}

interface Props {
  commitment: { ref: string; title: string | null };
  statuses: Status[];
  /** Kept in memory only, until the page is closed. */
  token: string;
  onToken: (token: string) => void;
  onClose: () => void;
}

export function RecordStatus({ commitment, statuses, token, onToken, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [record, { loading }] = useMutation(RECORD);
  const [problems, setProblems] = useState<Problem[]>([]);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => dialog.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(), [problems]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (loading) return;
    const input = inputOf(new FormData(event.currentTarget), commitment.ref);
    try {
      const { data } = await record({
        variables: { input },
        context: { headers: token ? { authorization: `Bearer ${token}` } : {} },
      });
      const result = data?.recordStatus;
      if (result && "problems" in result) setProblems(result.problems);
      else dialog.current?.close();
    } catch (error) {
      setProblems([problemOf(error)]);
    }
  }

  const elsewhere = problems.filter(({ path }) => !NAMES.includes(path.join(".")));
  return (
    <dialog ref={dialog} aria-labelledby="record" onClose={onClose}>
      <form onSubmit={submit}>
        <h2 id="record">Record a status of {commitment.ref}</h2>
        {commitment.title && <p>{commitment.title}</p>}
        {elsewhere.length > 0 && (
          <div role="alert" className="problem">
            {elsewhere.map(({ message }) => (
              <p key={message}>{message}</p>
            ))}
          </div>
        )}
        <Field name="token" label="Your token" hint="It is forgotten when this page is closed." problems={problems}>
          {(control) => (
            <input
              {...control}
              type="password"
              autoComplete="off"
              value={token}
              onChange={({ target }) => onToken(target.value.trim())}
            />
          )}
        </Field>
        <div className="pair">
          <Field name="status" label="Status" problems={problems}>
            {(control) => (
              <select {...control} required defaultValue="">
                <option value="" />
                {statuses.map(({ status, label }) => (
                  <option key={status} value={status}>
                    {label}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field name="effectiveOn" label="True on" problems={problems}>
            {(control) => <input {...control} type="date" required />}
          </Field>
          <Field name="voice" label="Whose word it is" problems={problems}>
            {(control) => (
              <select {...control} required defaultValue="">
                <option value="" />
                {Object.entries(VOICES).map(([voice, label]) => (
                  <option key={voice} value={voice}>
                    {label}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <Field name="note" label="What the source says, in your own words" problems={problems}>
          {(control) => <textarea {...control} rows={3} />}
        </Field>
        <fieldset aria-describedby="citation">
          <legend>The source</legend>
          <div id="citation">
            <Problems name="citation" problems={problems} />
          </div>
          <Field name="citation.newDocument.title" label="Its title" problems={problems}>
            {(control) => <input {...control} />}
          </Field>
          <div className="pair">
            <Field
              name="citation.newDocument.slug"
              label="Its name here"
              hint="It is for good, because ids are made of it."
              problems={problems}
            >
              {(control) => <input {...control} autoCapitalize="none" spellCheck={false} />}
            </Field>
            <Field name="citation.newDocument.url" label="Its address" problems={problems}>
              {(control) => <input {...control} inputMode="url" />}
            </Field>
          </div>
        </fieldset>
        <p className="actions">
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button aria-disabled={loading}>Record</button>
        </p>
      </form>
    </dialog>
  );
}
