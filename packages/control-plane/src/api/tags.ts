/** What the operations of the API are grouped by, in the order in which the description shows them. */
export const tags: { readonly name: string; readonly description: string }[] = [
  { name: "composition", description: "Which modules there are, which could be, and what a change would do." },
  { name: "builds", description: "Runs of the pipeline, their steps and logs." },
  { name: "deployments", description: "Switches of an environment from one release to another." },
  { name: "releases", description: "Artifacts made deployable in an environment." },
  { name: "environments", description: "Where releases run." },
  { name: "approvals", description: "The word of a second person for a protected environment." },
  { name: "journal", description: "Who did what, when and why." },
  { name: "leases", description: "What is under way, and who holds it." },
  { name: "retention", description: "What is kept, and what is removed." },
  { name: "sign-in", description: "Signing in and out; one's own sessions." },
  { name: "people", description: "People and their roles." },
  { name: "tokens", description: "Tokens with which programs ask." },
  { name: "webhooks", description: "Addresses that are told what happens." },
  { name: "graphql", description: "The same operations, as GraphQL." },
  { name: "server", description: "Whether the server lives, what it measures, and this description." },
];
