import { useId, type ReactNode } from "react";

export interface Problem {
  message: string;
  /** Where in the input of the mutation. */
  path: string[];
}

interface Control {
  id: string;
  name: string;
  "aria-invalid": boolean;
  "aria-describedby"?: string;
}

interface Props {
  name: string;
  label: string;
  hint?: string;
  problems: Problem[];
  children: (control: Control) => ReactNode;
}

/** What is wrong with the value of this name. */
export function Problems({ name, problems }: Pick<Props, "name" | "problems">) {
  return of(name, problems).map(({ message }) => (
    <p key={message} className="problem">
      {message}
    </p>
  ));
}

const of = (name: string, problems: Problem[]) => problems.filter(({ path }) => path.join(".") === name);

/** A control with its label, and beside it what the server says is wrong with its value. */
export function Field({ name, label, hint, problems, children }: Props) {
  const id = useId();
  const invalid = of(name, problems).length > 0;
  const described = invalid || hint !== undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        name,
        "aria-invalid": invalid,
        ...(described && { "aria-describedby": `${id}-about` }),
      })}
      {described && (
        <div id={`${id}-about`}>
          <Problems name={name} problems={problems} />
          {hint && <p className="hint">{hint}</p>}
        </div>
      )}
    </div>
  );
}
