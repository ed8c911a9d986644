import type { ListModulesResponse, PlanChangeResponse } from "@modyard/client";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Button } from "../../components/button.tsx";
import { unwish, wish, type Wishes } from "./change.ts";

type Blocker = PlanChangeResponse["blockers"][number];
type Installed = ListModulesResponse["modules"][number];

/** What can be done about a blocker in one press. */
export type WayOut =
  | { readonly kind: "takeAlong"; readonly modules: readonly string[] }
  | { readonly kind: "install" | "upgrade" | "uninstall" | "leaveOut"; readonly module: string };

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((each) => typeof each === "string") : typeof value === "string" ? [value] : []);

/** Pure: the ways out of a blocker, the most probable first. What a change takes out or leaves out again is always one of them. */
function waysOut({ code, module = "", details }: Blocker, wishes: Wishes, installed: readonly Installed[]): readonly WayOut[] {
  const facts = typeof details === "object" && details !== null ? (details as Readonly<Record<string, unknown>>) : {};
  const neededBy = texts(facts["needed_by"]);
  const concerned = [...new Set([module, ...neededBy, ...texts(facts["other"]), ...texts(facts["dependency"]), ...texts(facts["modules"])])];
  const isThere = (slug: string): boolean => installed.some((each) => each.slug === slug) && !wishes.has(slug);
  const mayGo = (slug: string): boolean => installed.some((each) => each.slug === slug && each.kind !== "core" && each.spec["required"] !== true) && !wishes.has(slug);
  return [
    ...(code === "module_needed" && facts["may_come_along"] === true ? [{ kind: "takeAlong", modules: neededBy } as const] : []),
    ...(code === "dependency_missing" && facts["offered"] === true ? [{ kind: "install", module } as const] : []),
    ...(code === "dependency_version" ? texts(facts["dependency"]).filter(isThere).map((each) => ({ kind: "upgrade", module: each }) as const) : []),
    ...(code === "modules_conflict" ? [module, ...texts(facts["other"])].filter(mayGo).map((each) => ({ kind: "uninstall", module: each }) as const) : []),
    ...concerned.filter((slug) => wishes.has(slug)).map((slug) => ({ kind: "leaveOut", module: slug }) as const),
  ];
}

/** The ways out as buttons, below what stands in the way. */
export function WaysOut({ blocker, wishes, onTakeAlong }: { readonly blocker: Blocker; readonly wishes: Wishes; readonly onTakeAlong: () => void }) {
  const { t } = useTranslation();
  const { data } = useQuery(queries.modules());
  const ways = waysOut(blocker, wishes, data?.modules ?? []);
  if (ways.length === 0) return null;
  const take = (way: WayOut): void => {
    if (way.kind === "takeAlong") onTakeAlong();
    else if (way.kind === "leaveOut") unwish(way.module);
    else wish(way.module, way.kind);
  };
  return (
    <p className="mt-3 flex flex-wrap gap-2">
      {ways.map((way) => {
        const text = way.kind === "takeAlong" ? t("modules.wayOut.takeAlong", { modules: way.modules.join(", ") }) : t(`modules.wayOut.${way.kind}`, { module: way.module });
        return <Button key={text} small className="max-w-full" onClick={() => take(way)}>{text}</Button>;
      })}
    </p>
  );
}
