/** Errors of roles, grants and tokens. */
export const accessErrors = {
  token_misspelt: { title: "That is no token", hint: "A character is wrong or missing: copy the whole token, from `mya_` to its end." },
  token_expired: { title: "The token has expired", hint: "Make a new one." },
  token_revoked: { title: "The token was revoked", hint: "Make a new one, or ask who revoked it: the journal has the name and the reason." },
  token_suspended: { title: "The person whose token it is is disabled", hint: "An owner can let the person in again; then the token is good again." },
  token_not_found: { title: "No such token", hint: "List the tokens and choose one that you may see." },
  token_name_taken: { title: "A token of that name is in use", hint: "Take another name, or revoke the other first." },
  token_exceeds_maker: { title: "The token would have more than who makes it", hint: "Give it at most your own roles, and no later end than the token that you make it with." },
  token_limit_reached: { title: "Too many tokens", hint: "Revoke those that nobody uses: the list says when each was used last." },
  last_owner: { title: "Nobody would be owner any more", hint: "Make another person owner first." },
  requester_not_you: { title: "The request names somebody else", hint: "Leave requested_by out: a request of a signed-in person is their own. Tokens may name somebody." },
} as const;
