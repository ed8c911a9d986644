import { ApiError } from "@modyard/client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries, type ModuleAddress } from "../../api/queries.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Select, TextField } from "../../components/field.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { wish } from "./change.ts";
import { FoundModule } from "./found-module.tsx";
import { Waiting } from "./waiting.tsx";

const fieldsOf = { registry: ["package", "version"], git: ["git", "rev"], path: ["path"] } as const;
const needed = new Set<string>(["package", "git", "rev", "path"]);
const sources = ["registry", "git", "path"] as const;

type Source = (typeof sources)[number];
type Field = (typeof fieldsOf)[Source][number];
type Fields = Readonly<Partial<Record<Field, string>>>;

/** What is known of a module's address before somebody fills in the rest. */
export type AddressDraft = Fields & { readonly source?: Source };

function addressOf(source: Source, fields: Fields): ModuleAddress {
  const given = fieldsOf[source].map((name) => [name, (fields[name] ?? "").trim()] as const).filter(([, text]) => text !== "");
  return { source, ...Object.fromEntries(given) };
}

/** What the server says against single fields, by their names. */
function fieldErrors(error: unknown): Readonly<Record<string, string>> {
  const problems = error instanceof ApiError ? (error.details?.problems ?? []) : [];
  return Object.fromEntries(problems.flatMap(({ path, message, hint }) => (path === undefined ? [] : [[path, `${message.replace(`${path}: `, "")} ${hint}`] as const])));
}

/**
 * Installs what is in no catalog: by its name in a registry, a git repository, or a directory of the host. It is looked at before it
 * can be added; what was typed stays, whatever comes of it.
 */
export function AddressSheet({ draft, onClose }: { readonly draft: AddressDraft; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [source, setSource] = useState<Source>(draft.source ?? "registry");
  const [fields, setFields] = useState<Fields>(draft);
  const [asked, setAsked] = useState<ModuleAddress | undefined>(draft.package === undefined ? undefined : addressOf("registry", draft));
  const [slug, setSlug] = useState("");
  const typed = addressOf(source, fields);
  // An answer about something else than what stands in the fields is none.
  const isAsked = JSON.stringify(asked) === JSON.stringify(typed);
  const look = useQuery({ ...queries.moduleAt(asked ?? typed), enabled: asked !== undefined, placeholderData: keepPreviousData });
  const found = isAsked && !look.isPlaceholderData ? look.data : undefined;
  // Once the package was looked at its versions are known: one is chosen, not typed.
  const offered = asked?.package !== undefined && asked.package === typed.package ? (look.data?.versions ?? []).slice(0, 200) : [];
  const errors = isAsked ? fieldErrors(look.error) : {};
  const install = found?.install ?? null;
  const lookUp = (address = typed): void => {
    if (JSON.stringify(asked) === JSON.stringify(address)) void look.refetch();
    setAsked(address);
  };
  const add = (): void => {
    if (install === null) return;
    wish(slug.trim() === "" ? install.slug : slug.trim(), "install", { spec: install.spec });
    onClose();
  };
  const chooseVersion = (version: string): void => {
    setFields({ ...fields, version });
    lookUp(addressOf(source, { ...fields, version }));
  };
  const mayAdd = found !== undefined && install !== null && (found.problem === null || found.problem.code.endsWith("_unreachable")) && !look.isFetching;
  return (
    <Dialog
      shape="sheet"
      title={t("modules.byAddress")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          {mayAdd ? <Button kind="primary" onClick={add}>{t("modules.address.add")}</Button> : <Button kind="primary" type="submit" form="address" busy={asked !== undefined && isAsked && look.isFetching}>{t("modules.address.look")}</Button>}
        </>
      }
    >
      <form
        id="address"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          lookUp();
        }}
      >
        <Select label={t("modules.address.source")} value={source} onChange={(event) => setSource(event.target.value as Source)}>
          {sources.map((each) => <option key={each} value={each}>{t(`modules.address.from.${each}`)}</option>)}
        </Select>
        {fieldsOf[source].map((name) =>
          name === "version" && offered.length > 0 ? (
            <VersionOf key={name} offered={offered} version={fields.version ?? ""} onVersion={chooseVersion} />
          ) : (
            <TextField
              key={name}
              name={name}
              label={t(`modules.address.${name}`)}
              hint={t(`modules.address.${name}Hint`)}
              error={errors[name]}
              value={fields[name] ?? ""}
              onChange={(event) => setFields({ ...fields, [name]: event.target.value })}
              required={needed.has(name)}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              className="font-mono text-sm"
            />
          ),
        )}
        {/* Enter in a field looks it up, whatever button stands below. */}
        <button type="submit" hidden />
      </form>
      {asked !== undefined && isAsked && (
        <section aria-label={t("modules.address.found")} aria-live="polite" className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-6 border-t border-line pt-6">
          {look.error !== null && Object.keys(errors).length === 0 && <ErrorPanel error={look.error} />}
          {found === undefined && look.error === null && <Waiting lines={5} />}
          {found !== undefined && <FoundModule found={found} slug={slug} onSlug={setSlug} />}
        </section>
      )}
    </Dialog>
  );
}

function VersionOf({ offered, version, onVersion }: { readonly offered: readonly string[]; readonly version: string; readonly onVersion: (version: string) => void }) {
  const { t } = useTranslation();
  return (
    <Select label={t("modules.facts.version")} value={version} onChange={(event) => onVersion(event.target.value)} className="font-mono text-sm">
      <option value="">{t("modules.address.newest", { version: offered[0] })}</option>
      {version !== "" && !offered.includes(version) && <option value={version}>{version}</option>}
      {offered.map((each) => <option key={each} value={each}>{each}</option>)}
    </Select>
  );
}
