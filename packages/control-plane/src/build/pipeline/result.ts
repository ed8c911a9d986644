import type { Composition } from "../../composition/composition.ts";
import type { ArtifactRef } from "../artifacts/artifact-store.ts";
import type { Build } from "../store.ts";

/** What a successful run leaves. */
export interface PipelineResult {
  readonly artifact: ArtifactRef;
  readonly composition: Composition;
  /** The commit whose tree was built: the branch holds it. */
  readonly resultCommit: string;
  readonly landedKey: string;
  /** The earlier build whose artifact this is, where nothing had to be built. */
  readonly sameAs?: Build;
}
