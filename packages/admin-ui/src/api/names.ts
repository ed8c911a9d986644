import { useQuery } from "@tanstack/react-query";
import { meQuery, useMay } from "./me.ts";
import { queries } from "./queries.ts";

/**
 * What to call somebody whom the journal knows by their e-mail address: by their name, where that is one's own or one may see people.
 * Names need not be unique: where it matters who it was exactly, the address stands beside or behind it.
 */
export function useNameOf(): (who: string) => string {
  const may = useMay();
  const { data: me } = useQuery(meQuery);
  const { data } = useQuery({ ...queries.people(), enabled: may("people.read") });
  const names = new Map((data?.people ?? []).map(({ email, name }) => [email, name]));
  return (who) => names.get(who) ?? (me?.kind === "person" && me.name === who ? (me.person_name ?? who) : who);
}
