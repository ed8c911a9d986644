import { getRouteApi } from "@tanstack/react-router";
import { ScrollText, Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { server } from "../../api/server.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Empty } from "../../components/empty.tsx";
import { TextField } from "../../components/field.tsx";
import { Page } from "../../components/page.tsx";
import { PagesList } from "../../components/pages-list.tsx";
import { JournalRow } from "./journal-row.tsx";

const route = getRouteApi("/signed-in/journal");
const fields = ["q", "actor", "action", "subject"] as const;

/** Who did what, when and why, with nothing left out. What is searched for stands in the address. */
export function JournalPage() {
  const { t } = useTranslation();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const search = (form: HTMLFormElement): void => {
    const data = new FormData(form);
    void navigate({ search: Object.fromEntries(fields.map((name) => [name, String(data.get(name) ?? "").trim()]).filter(([, value]) => value !== "")) });
  };
  return (
    <Page title={t("journal.title")} intro={t("journal.intro")}>
      <form
        role="search"
        key={JSON.stringify(filter)}
        className="mb-5 grid grid-cols-1 items-end gap-3 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_1fr_auto]"
        onSubmit={(event) => {
          event.preventDefault();
          search(event.currentTarget);
        }}
      >
        {fields.map((name) => <TextField key={name} name={name} label={t(`journal.${name}`)} placeholder={t(`journal.example.${name}`)} defaultValue={filter[name] ?? ""} />)}
        <Button type="submit" icon={<Search aria-hidden className="size-4" />}>{t("common.search")}</Button>
      </form>
      <PagesList
        queryKey={["events", filter]}
        read={async (cursor, signal) => {
          const { events, next_cursor: next } = await server.listEvents({ query: { limit: 50, ...filter, ...(cursor !== undefined && { cursor: Number(cursor) }) }, signal });
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
