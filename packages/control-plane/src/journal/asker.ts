/** Something that was asked for. */
export interface AskedFor {
  /** Whom it was asked for, as the request says: a token may name anybody. */
  readonly requestedBy: string;
  /** The token that named somebody else; null where who is named asked themselves. */
  readonly askedBy: string | null;
}

/** Who is behind it for the journal: who had the credentials, never who was only named. */
export function askerOf({ requestedBy, askedBy }: AskedFor): string {
  return askedBy ?? requestedBy;
}

/** For the journal: the person that a token named. */
export function namedBy({ requestedBy, askedBy }: AskedFor): { readonly requestedBy?: string } {
  return askedBy === null ? {} : { requestedBy };
}

/** What is kept of who asked and of whom they named. */
export function askedFor(asker: string, requestedBy: string): AskedFor {
  return { requestedBy, askedBy: requestedBy === asker ? null : asker };
}
