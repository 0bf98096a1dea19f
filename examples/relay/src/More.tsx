import { useEffect, useRef, useState } from "react";

/** The button at the end of a list. It also works by itself, when it is nearly in view. */
export function More({ load }: { load: () => Promise<unknown> }) {
  const button = useRef<HTMLButtonElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function press() {
    if (busy) return;
    setBusy(true);
    setProblem(await load().then(() => null, ({ message }: Error) => message));
    setBusy(false);
  }

  useEffect(() => {
    // After a problem somebody has to press it: else it would ask again and again.
    if (busy || problem || !button.current) return;
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && press(), { rootMargin: "400px" });
    observer.observe(button.current);
    return () => observer.disconnect();
  });

  return (
    <>
      {problem && <p role="alert">{problem}</p>}
      <button type="button" ref={button} aria-disabled={busy} onClick={press}>
        {busy ? "Loading …" : "Show more"}
      </button>
    </>
  );
}
