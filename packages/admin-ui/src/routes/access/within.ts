import type { GetMeResponse } from "@modyard/client";
import { roles, type Grant, type Role } from "./grants.tsx";

type Grants = GetMeResponse["grants"];

/** The roles that may be given in a place (null: everywhere) by who has these grants: at most their own, and everywhere at most their least. */
export function rolesWithin(place: string | null, own: Grants): readonly Role[] {
  const everywhere = own.find(({ environment }) => environment === null);
  const counted = place === null ? (everywhere === undefined ? [] : own) : [own.find(({ environment }) => environment === place) ?? everywhere].flatMap((each) => each ?? []);
  if (counted.length === 0) return [];
  const most = Math.min(...counted.map(({ role }) => roles.indexOf(role)));
  return roles.slice(0, most + 1);
}

/** What a new token begins with: the least that its maker can give. */
export function leastWithin(own: Grants): readonly Grant[] {
  const places = [null, ...own.flatMap(({ environment }) => environment ?? [])];
  const place = places.find((each) => rolesWithin(each, own).length > 0);
  return place === undefined ? [] : [{ environment: place, role: "viewer" }];
}
