import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ScrollText, Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { queries } from "../../api/queries.ts";
import { server } from "../../api/server.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Empty } from "../../components/empty.tsx";
import { Select, TextField } from "../../components/field.tsx";
import { Page } from "../../components/page.tsx";
import { PagesList } from "../../components/pages-list.tsx";
import { JournalRow } from "./journal-row.tsx";
import { VerifyChain } from "./verify-chain.tsx";

const route = getRouteApi("/signed-in/journal");
const fields = ["q", "actor", "action", "subject"] as const;
const all = [...fields, "environment", "since", "until"] as const;

/** Days as somebody chooses them, in their own time zone; the last one counts to its end. */
function toQuery({ since, until, ...rest }: Readonly<Partial<Record<(typeof all)[number], string>>>) {
  return { ...rest, ...(isDay(since) && { since: startOf(since) }), ...(isDay(until) && { until: startOf(until, 1) }) };
}

function startOf(day: string, daysOn = 0): string {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + daysOn);
  return date.toISOString();
}

function isDay(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(`${text}T00:00:00`));
}

/** Who did what, when and why, with nothing left out. What is searched for stands in the address. */
export function JournalPage() {
  const { t } = useTranslation();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const { data: places } = useQuery(queries.environments());
  const search = (form: HTMLFormElement): void => {
    const data = new FormData(form);
    void navigate({ search: Object.fromEntries(all.map((name) => [name, String(data.get(name) ?? "").trim()]).filter(([, value]) => value !== "")) });
  };
  return (
    <Page title={t("journal.title")} intro={t("journal.intro")} {...(may("people.read") && { actions: <VerifyChain /> })}>
      <form
        role="search"
        key={JSON.stringify(filter)}
        className="mb-5 grid grid-cols-2 items-end gap-3 lg:grid-cols-4"
        onSubmit={(event) => {
          event.preventDefault();
          search(event.currentTarget);
        }}
      >
        {fields.map((name) => <TextField key={name} name={name} label={t(`journal.${name}`)} placeholder={t(`journal.example.${name}`)} defaultValue={filter[name] ?? ""} />)}
        <Select name="environment" label={t("journal.environment")} defaultValue={filter.environment ?? ""}>
          <option value="">{t("journal.anyEnvironment")}</option>
          {places?.environments.map(({ name }) => <option key={name} value={name}>{name}</option>)}
        </Select>
        {(["since", "until"] as const).map((name) => <TextField key={name} name={name} type="date" label={t(`journal.${name}`)} defaultValue={filter[name] ?? ""} />)}
        <Button type="submit" icon={<Search aria-hidden className="size-4" />}>{t("common.search")}</Button>
      </form>
      <PagesList
        queryKey={["events", filter]}
        read={async (cursor, signal) => {
          const { events, next_cursor: next } = await server.listEvents({ query: { limit: 50, ...toQuery(filter), ...(cursor !== undefined && { cursor: Number(cursor) }) }, signal });
          return { items: events, next };
        }}
        empty={<Empty icon={<ScrollText className="size-5" />} title={t("journal.empty")} />}
      >
        {(events) => (
          <Card padded={false}>
            <ul className="divide-y divide-line">{events.map((event) => <JournalRow key={event.id} event={event} />)}</ul>
          </Card>
        )}
      </PagesList>
    </Page>
  );
}
