import { useQuery } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Select } from "../../components/field.tsx";

export type Role = "viewer" | "operator" | "administrator" | "owner";

/** A role, everywhere (null) or in one environment. */
export interface Grant {
  readonly environment: string | null;
  readonly role: Role;
}

export const roles: readonly Role[] = ["viewer", "operator", "administrator", "owner"];

export function GrantBadges({ grants }: { readonly grants: readonly { readonly environment: string | null; readonly role: string }[] }) {
  const { t } = useTranslation();
  if (grants.length === 0) return <span className="text-sm text-warn">{t("access.noGrants")}</span>;
  return (
    <span className="flex flex-wrap gap-1.5">
      {grants.map(({ environment, role }) => <Badge key={environment ?? ""} tone={role === "owner" ? "accent" : "neutral"}>{t(`access.role.${role}`)}{environment !== null && ` · ${environment}`}</Badge>)}
    </span>
  );
}

interface Props {
  readonly grants: readonly Grant[];
  readonly onChange: (grants: readonly Grant[]) => void;
  /** Which roles can be given in a place; all of them everywhere when it is not said. */
  readonly offered?: (place: string | null) => readonly Role[];
}

/** Choosing roles: one for everywhere, others for single environments. */
export function GrantsField({ grants, onChange, offered = () => roles }: Props) {
  const { t } = useTranslation();
  const { data } = useQuery(queries.environments());
  const places = [null, ...(data?.environments ?? []).map(({ name }) => name)];
  const free = places.filter((place) => offered(place).length > 0 && !grants.some(({ environment }) => environment === place));
  const set = (index: number, next: Partial<Grant>): void => onChange(grants.map((grant, at) => (at === index ? { ...grant, ...next } : grant)));
  // A role that cannot be given in the other place does not go along.
  const move = (index: number, environment: string | null): void => set(index, { environment, ...(!offered(environment).some((role) => role === grants[index]?.role) && { role: "viewer" }) });
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t("access.grants")}</legend>
      {grants.map((grant, index) => (
        <div key={grant.environment ?? ""} className="flex items-center gap-2">
          <Select hideLabel label={t("access.where")} value={grant.environment ?? ""} onChange={(event) => move(index, event.target.value === "" ? null : event.target.value)}>
            {[grant.environment, ...free].map((place) => <option key={place ?? ""} value={place ?? ""}>{place ?? t("access.everywhere")}</option>)}
          </Select>
          <Select hideLabel label={t("access.roleLabel")} value={grant.role} onChange={(event) => set(index, { role: event.target.value as Role })}>
            {offered(grant.environment).map((role) => <option key={role} value={role}>{t(`access.role.${role}`)}</option>)}
          </Select>
          <Button small kind="quiet" aria-label={t("access.removeGrant")} icon={<Trash2 aria-hidden className="size-4" />} onClick={() => onChange(grants.filter((_, at) => at !== index))} />
        </div>
      ))}
      {free.length > 0 && <div><Button small icon={<Plus aria-hidden className="size-4" />} onClick={() => onChange([...grants, { environment: free[0] ?? null, role: "viewer" }])}>{t("access.addGrant")}</Button></div>}
    </fieldset>
  );
}
