import type { Build } from "../../client/index.ts";
import { shellWord } from "../shell-word.ts";

type Change = NonNullable<Build["next"]>["again"];

/** The command that asks for the rest of a failed change; undefined where there is none, or where no single command can say it. `ref` is the branch, where one was named. */
export function restCommand({ next, deploy_to: environment }: Pick<Build, "next" | "deploy_to">, ref?: string): string | undefined {
  const words = next?.rest === undefined || next.rest === null ? undefined : changeWords(next.rest.change);
  if (words === undefined) return undefined;
  const where = environment === null ? ["--no-deploy"] : ["--deploy", environment];
  return ["modyard", ...words, ...where, ...(ref === undefined ? [] : ["--ref", ref])].map(shellWord).join(" ");
}

/** A command knows one verb, and takes modules from the catalog or in a version; addresses it does not take. */
function changeWords({ install, uninstall, upgrade, cascade }: Change): readonly string[] | undefined {
  if (install.some(({ spec }) => spec !== undefined) || upgrade.some(({ rev }) => rev !== undefined)) return undefined;
  const verbs = [
    ["install", ...install.map(named)],
    ["uninstall", ...uninstall],
    ["upgrade", ...upgrade.map(named)],
  ].filter(({ length }) => length > 1);
  const [only, other] = verbs;
  if (only === undefined || other !== undefined) return undefined;
  return only[0] === "uninstall" && cascade ? [...only, "--cascade"] : only;
}

function named({ slug, version }: { readonly slug: string; readonly version?: string | undefined }): string {
  return version === undefined ? slug : `${slug}@${version}`;
}
