import { useState } from "react";

/** What a reader has chosen to see. An empty text is everything. */
export interface Choice {
  status: string;
  theme: string;
  lead: string;
  search: string;
}

function fromAddress(): Choice {
  const given = new URLSearchParams(location.search);
  const read = (name: keyof Choice) => given.get(name) ?? "";
  return { status: read("status"), theme: read("theme"), lead: read("lead"), search: read("search") };
}

/** The choice stands in the address of the page, so that it can be kept as a bookmark. */
export function useChoice(): [Choice, (change: Partial<Choice>) => void] {
  const [choice, setChoice] = useState(fromAddress);
  const choose = (change: Partial<Choice>) => {
    const next = { ...choice, ...change };
    const chosen = new URLSearchParams(Object.entries(next).filter(([, value]) => value));
    history.replaceState(null, "", chosen.size ? `?${chosen}` : location.pathname);
    setChoice(next);
  };
  return [choice, choose];
}

/** The list for a filter. An empty one filters nothing. */
export function only<Value extends string>(value: string): Value[] {
  // An address may hold anything. The server refuses what is none of the values.
  return value ? [value as Value] : [];
}
