import { problem, type Problem, type ProblemFacts } from "../../errors/problem.ts";
import { allOf } from "./cargo-failure.ts";

/** Whether cargo was turned away for want of credentials, or for those that it has. */
export function isRegistryDenied(text: string): boolean {
  return /credential-provider|no token found|token rejected|please run `cargo login`|HTTP response code 40[13]|got 40[13]|status code 40[13]|authenticat/i.test(text);
}

/** A token that ended and one that was never there look much alike to cargo: both are put right in the same place. */
export function registryDenied(text: string, facts: ProblemFacts): Problem {
  const [address = ""] = allOf(text, /from `(?:sparse\+)?(https?:[^`]+)`/g);
  const [name] = [...allOf(text, /--registry ([\w-]+)/g), ...allOf(text, /Updating `([\w-]+)` index/g)];
  const registry = URL.canParse(address) ? new URL(address).origin : name === undefined ? "The registry" : `The registry ${JSON.stringify(name)}`;
  const variable = name === undefined ? "CARGO_REGISTRY_TOKEN" : `CARGO_REGISTRIES_${name.toUpperCase().replaceAll("-", "_")}_TOKEN`;
  return problem("registry_denied", `${registry} wants credentials, or refuses those that Modyard has for it`, { ...facts, hint: `Run \`cargo login${name === undefined ? "" : ` --registry ${name}`}\` as the user that runs Modyard, or renew its variable ${variable}, then try again.` });
}
