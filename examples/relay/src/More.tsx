import { useEffect, useRef } from "react";

/** The button at the end of a list. It also works by itself, when it is nearly in view. */
export function More({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (busy || !button.current) return;
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && onMore(), { rootMargin: "400px" });
    observer.observe(button.current);
    return () => observer.disconnect();
  });
  return (
    <button type="button" ref={button} aria-disabled={busy} onClick={() => busy || onMore()}>
      {busy ? "Loading …" : "Show more"}
    </button>
  );
}
