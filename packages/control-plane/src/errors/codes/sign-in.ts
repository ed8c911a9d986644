/** Errors of people, sign-in and sessions. */
export const signInErrors = {
  sign_in_refused: { title: "The sign-in was refused", hint: "Check the e-mail address and the password. Who forgot it gets a new link from an owner." },
  password_wrong: { title: "That is not your present password", hint: "Type it again. Who forgot it signs out and asks an owner for a new link." },
  too_many_attempts: { title: "Too many attempts", hint: "Wait as long as is said, then try again. An owner can give a new link at any time." },
  link_not_valid: { title: "The link is not valid any more", hint: "If you have a password already, sign in. Otherwise ask an owner for a new link; for the first owner, start the server again: it prints one." },
  setup_done: { title: "This installation has an owner already", hint: "Sign in, or ask an owner to invite you." },
  password_unfit: { title: "The password will not do", hint: "Take at least 12 characters that nobody would guess: some words that do not belong together, or what a password manager proposes." },
  person_not_found: { title: "No such person", hint: "List the people and choose one of them." },
  person_exists: { title: "There is somebody with that e-mail address", hint: "Look for that person in the list: give them other roles, or a new link." },
  person_disabled: { title: "This person is disabled", hint: "Enable the person first." },
  session_not_found: { title: "No such session of yours", hint: "Look at the list of your sessions again: it may have ended by itself." },
  not_a_person: { title: "Only a person who is signed in can do this", hint: "A token has no sessions and no password. Sign in, and do it there." },
  foreign_origin: { title: "The request comes from another site", hint: "Use the page of this installation, under the address that it is reached by. Programs use a token." },
  sso_not_set_up: { title: "There is no single sign-on", hint: "Set MODYARD_OIDC_ISSUER and MODYARD_OIDC_CLIENT_ID, or sign in with a password." },
  sso_unreachable: { title: "The system for single sign-on does not answer", hint: "Try again in a moment, or sign in with a password. The server's log has the reason." },
} as const;
