import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Select, TextField } from "../../components/field.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { wish, type Spec } from "./change.ts";

const sources = ["npm", "crates-io", "git", "path"] as const;
type Source = (typeof sources)[number];

/** What is known of a module's address before somebody fills in the rest. */
export type AddressDraft = { readonly [K in "slug" | "package" | "version"]: string } & { readonly source: Source };

/** Installs what is in no catalog: by the name in a registry, a git repository, or a directory of the host. */
export function AddressDialog({ draft, onClose }: { readonly draft: Partial<AddressDraft>; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { data: modules } = useQuery(queries.modules());
  const usesCrates = modules?.modules.some(({ spec }) => "crate" in spec) === true;
  const [source, setSource] = useState(draft.source);
  const chosen = source ?? (usesCrates ? "crates-io" : "npm");
  const collect = (form: FormData): void => {
    const text = (name: string): string => String(form.get(name) ?? "").trim();
    const given = (name: "version" | "git" | "rev" | "path") => (text(name) === "" ? {} : { [name]: text(name) });
    const spec: Spec = { source: chosen, [usesCrates ? "crate" : "package"]: text("package"), ...given("version"), ...given("git"), ...given("rev"), ...given("path") };
    wish(text("slug"), "install", spec);
    onClose();
  };
  const field = (name: "slug" | "package" | "version" | "git" | "rev" | "path", required = true) => <TextField defaultValue={name === "slug" || name === "package" || name === "version" ? draft[name] : undefined} key={`${chosen} ${name}`} name={name} label={t(`modules.address.${name}`)} hint={t(`modules.address.${name}Hint`)} required={required} autoComplete="off" spellCheck={false} className="font-mono text-sm" />;
  return (
    <FormDialog title={t("modules.byAddress")} submit={t("modules.address.add")} onSubmit={collect} onClose={onClose}>
      <Select label={t("modules.address.source")} value={chosen} onChange={(event) => setSource(event.target.value as Source)}>
        {sources.filter((each) => each !== (usesCrates ? "npm" : "crates-io")).map((each) => <option key={each} value={each}>{t(`modules.source.${each}`)}</option>)}
      </Select>
      {field("slug")}
      {field("package")}
      {(chosen === "npm" || chosen === "crates-io") && field("version")}
      {chosen === "git" && [field("git"), field("rev")]}
      {chosen === "path" && field("path")}
    </FormDialog>
  );
}
