import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { RelayEnvironmentProvider } from "react-relay";
import { App } from "./App.js";
import { environment } from "./client.js";
import { Problem } from "./Problem.js";

createRoot(document.getElementById("page")!).render(
  <StrictMode>
    <RelayEnvironmentProvider environment={environment}>
      <Problem>
        <Suspense fallback={<p>Loading …</p>}>
          <App />
        </Suspense>
      </Problem>
    </RelayEnvironmentProvider>
  </StrictMode>,
);
