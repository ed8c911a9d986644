import type { GetBuildResponse } from "@modyard/client";
import type { TFunction } from "i18next";

/** What a build does, as one would say it: `Install forum, uninstall blog`. */
export function buildTitle({ modules_delta: { added, changed, removed }, verifies }: Pick<GetBuildResponse, "modules_delta" | "verifies">, t: TFunction): string {
  if (verifies !== null) return t("builds.verification");
  const parts = [
    ...added.map(({ slug }) => t("modules.installNamed", { name: slug })),
    ...changed.map(({ slug }) => t("modules.upgradeNamed", { name: slug })),
    ...removed.map(({ slug }) => t("modules.uninstallNamed", { name: slug })),
  ];
  return parts.length === 0 ? t("builds.noChange") : parts.map((part, index) => (index === 0 ? part : part.slice(0, 1).toLocaleLowerCase() + part.slice(1))).join(", ");
}
