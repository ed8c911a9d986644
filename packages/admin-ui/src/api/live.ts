import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { askUntilAnswered, follow } from "./follow.ts";
import { leaveWhenSignedOut } from "./go-to-sign-in.ts";
import { lookForNewerPage } from "./outdated.ts";
import { server } from "./server.ts";

/** Since when what the page shows is no longer followed live: when the server was heard last. Undefined while it is. */
export type LostSince = Date | undefined;

/** Which kinds of answers an entry of the journal makes old, by the first word of its action. */
const concerned: Readonly<Record<string, readonly string[]>> = {
  build: ["builds", "leases"],
  composition: ["manifest"],
  release: ["releases", "environments"],
  deployment: ["deployments", "environments", "releases", "leases"],
  environment: ["environments"],
  lease: ["leases"],
  person: ["people", "me", "sessions"],
  token: ["tokens", "me"],
  webhook: ["webhooks"],
  retention: ["retention"],
};

/**
 * Follows the journal: whatever changed on the server is asked for again, by whomever it was changed. When a lost connection is
 * back everything is asked for again, so that nothing shown is older than the connection.
 */
export function useLive(): LostSince {
  const client = useQueryClient();
  const [lostSince, setLostSince] = useState<LostSince>();
  useEffect(() => {
    const ending = new AbortController();
    const begun = new Date();
    let wasLost = false;
    const reached = (): void => {
      setLostSince(undefined);
      if (wasLost) {
        void client.invalidateQueries();
        // Lost, perhaps, because the server was upgraded.
        void lookForNewerPage().catch(() => undefined);
      }
      wasLost = false;
    };
    const lost = (at: Date): void => {
      wasLost = true;
      setLostSince(at);
    };
    const watch = async (): Promise<void> => {
      const newest = await askUntilAnswered(newestEvent, ending.signal, () => lost(begun));
      await follow("/admin/events", newest, ending.signal, { take: ({ data }) => refresh(client, data), reached, lost });
    };
    void watch().catch((error: unknown) => {
      if (ending.signal.aborted) return;
      lost(new Date());
      leaveWhenSignedOut(error);
      // Refused: the roles have changed, and with them what is offered.
      void client.invalidateQueries({ queryKey: ["me"] });
    });
    return () => ending.abort();
  }, [client]);
  return lostSince;
}

/** Where the stream is to begin: what was before is in the answers already. */
async function newestEvent(signal: AbortSignal): Promise<string> {
  const { events } = await server.listEvents({ query: { limit: 1 }, signal });
  return String(events[0]?.id ?? 0);
}

function refresh(client: QueryClient, data: string): void {
  const event = JSON.parse(data) as { readonly action?: string; readonly build_id?: string };
  // How far a running build is comes without an entry of the journal.
  if (event.action === undefined && event.build_id !== undefined) return void client.invalidateQueries({ queryKey: ["builds", event.build_id] });
  const kind = (event.action ?? "").split(".")[0] ?? "";
  for (const each of ["events", ...(concerned[kind] ?? [])]) void client.invalidateQueries({ queryKey: [each] });
}
