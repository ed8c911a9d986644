import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "./badge.tsx";

const tones: Readonly<Record<string, Tone>> = {
  queued: "neutral", pending: "neutral", waiting_approval: "warn", running: "busy", deploying: "busy",
  success: "good", active: "good", failed: "bad", cancelled: "neutral", superseded: "neutral", rolled_back: "warn",
};

/** The status of a build, release or deployment. A status that only a newer server knows is shown as it is. */
export function Status({ of: status }: { readonly of: string }) {
  const { t } = useTranslation();
  return <Badge tone={tones[status] ?? "neutral"} dot>{t(`status.${status}`, { defaultValue: status })}</Badge>;
}
