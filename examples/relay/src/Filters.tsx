import { useEffect, useState } from "react";
import type { Choice } from "./choice.js";

export interface Option {
  value: string;
  label: string;
}

interface Props {
  choice: Choice;
  onChoose: (change: Partial<Choice>) => void;
  options: { status: Option[]; theme: Option[]; lead: Option[] };
}

export function Filters({ choice, onChoose, options }: Props) {
  return (
    <form role="search" className="filters" onSubmit={(event) => event.preventDefault()}>
      <Search value={choice.search} onSearch={(search) => onChoose({ search })} />
      {(["status", "theme", "lead"] as const).map((name) => (
        <label key={name}>
          {name}
          <select name={name} value={choice[name]} onChange={({ target }) => onChoose({ [name]: target.value })}>
            <option value="">any</option>
            {options[name].map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      ))}
    </form>
  );
}

/** Asks when the typing pauses, not with every letter. */
function Search({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text === value) return;
    const pause = setTimeout(() => onSearch(text), 250);
    return () => clearTimeout(pause);
  });
  return (
    <label>
      search
      <input type="search" name="search" maxLength={200} value={text} onChange={({ target }) => setText(target.value)} />
    </label>
  );
}
