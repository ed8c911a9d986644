import { z } from "zod";
import { statusOf, type Person } from "../../access/people/person.ts";
import type { Grant } from "../../access/principal.ts";
import type { Session } from "../../access/sign-in/sessions.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { dateView, personText } from "./common.ts";
import { grantView } from "./grant.ts";

/** An e-mail address as people write it; it is kept in lower case. */
export const emailText = z.string().max(254).pipe(z.email()).transform((text) => text.toLowerCase());

/** A name without characters that turn text around or hide it: it stands beside other people's. */
export const nameText = personText.max(100).regex(/^[^\p{Cf}\p{Zl}\p{Zp}]*$/u, "no invisible characters").regex(/\S/, "a name has letters");

export const personView = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  status: z.enum(["invited", "active", "disabled"]),
  grants: z.array(grantView),
  invited_by: z.string().nullable(),
  joined_at: dateView.describe("When the person came in first."),
  disabled_at: dateView,
  created_at: z.string(),
}).meta({ id: "Person" });
export const peopleView = z.object({ people: z.array(personView), next_cursor: z.string().nullable() });
export type PersonView = z.output<typeof personView>;

/** A one-time link, shown once. */
export const linkView = z.object({
  person: personView,
  link: z.string().nullable().describe("By which the person sets a password, once. It is shown once: null where an answer is repeated."),
  expires_at: z.string(),
}).meta({ id: "PersonLink" });
export type LinkView = z.output<typeof linkView>;

const sessionView = z.object({ id: z.string(), current: z.boolean(), address: z.string().nullable(), agent: z.string().nullable(), created_at: z.string(), renewed_at: z.string(), expires_at: z.string() }).meta({ id: "Session" });
export const sessionsView = z.object({ sessions: z.array(sessionView), next_cursor: z.string().nullable() });

export function showPerson(person: Person, grants: readonly Grant[]): PersonView {
  const { id, name, email, invitedBy, joinedAt, disabledAt, createdAt } = person;
  return {
    id: toPublicId("per", id),
    name,
    email,
    status: statusOf(person),
    grants: [...grants],
    invited_by: invitedBy,
    joined_at: joinedAt?.toISOString() ?? null,
    disabled_at: disabledAt?.toISOString() ?? null,
    created_at: createdAt.toISOString(),
  };
}

export function showSession({ id, address, agent, createdAt, renewedAt, expiresAt }: Session, current: string | undefined): z.output<typeof sessionView> {
  return { id: toPublicId("ses", id), current: id === current, address, agent, created_at: createdAt.toISOString(), renewed_at: renewedAt.toISOString(), expires_at: expiresAt.toISOString() };
}
