import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Card } from "../../components/card.tsx";
import { Loading } from "../../components/loading.tsx";
import { ErrorPanel, ProblemNote } from "../../components/problem.tsx";

/** The catalogs of the host, and whether they could be read. */
export function CatalogsCard() {
  const { t } = useTranslation();
  const { data, error } = useQuery(queries.settings());
  return (
    <Card title={t("settings.catalogs")} padded={false}>
      {error !== null && <div className="p-5"><ErrorPanel error={error} /></div>}
      {data === undefined && error === null && <div className="p-5"><Loading lines={2} /></div>}
      {data !== undefined && (
        <>
          <p className="px-5 pt-4 text-ink-soft">{t("settings.catalogsText")}</p>
          {data.problems.length > 0 && <div className="grid gap-3 px-5 pt-4">{data.problems.map((problem, index) => <ProblemNote key={index} problem={problem} tone="warn" />)}</div>}
          <ul className="divide-y divide-line py-2">
            {data.catalogs.length === 0 && <li className="px-5 py-3 text-ink-soft">{t("settings.noCatalogs")}</li>}
            {data.catalogs.map(({ address, modules }) => (
              <li key={address} className="flex flex-wrap items-baseline justify-between gap-x-6 px-5 py-2.5">
                <span className="min-w-0 font-mono text-sm break-all">{address}</span>
                {modules !== null && <span className="text-sm text-ink-soft">{t("environments.moduleCount", { count: modules })}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

/** What the server was started with. It is changed where it is started, so this is only to be looked at. */
export function ServerCard() {
  const { t } = useTranslation();
  const { data } = useQuery(queries.settings());
  if (data === undefined) return null;
  return (
    <Card title={t("settings.server")} padded={false}>
      <p className="px-5 pt-4 text-ink-soft">{t("settings.serverText", { version: data.version })}</p>
      <dl className="divide-y divide-line py-2">
        {data.settings.map(({ name, value }) => (
          <div key={name} className="grid gap-x-6 px-5 py-2 sm:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
            <dt className="font-mono text-sm break-all text-ink-soft">{name}</dt>
            <dd className="font-mono text-sm break-words">{value === "" ? "—" : value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
