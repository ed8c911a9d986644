import { createHash } from "node:crypto";
import { z } from "zod";
import { fail } from "../../../errors/problem.ts";

export const manifestType = "application/vnd.oci.image.manifest.v1+json";
const artifactType = "application/vnd.modyard.artifact.v1";
const layerType = "application/vnd.modyard.artifact.v1.tar+zstd";
/** The specification's own empty configuration. */
const emptyBytes = Buffer.from("{}");
/** Every manifest names a configuration, and registries want it to be there. */
export const emptyConfig = { digest: sha256Of(emptyBytes), size: emptyBytes.length, read: (offset: number, length: number): Promise<Uint8Array> => Promise.resolve(emptyBytes.subarray(offset, offset + length)) };
const emptyDescriptor = { mediaType: "application/vnd.oci.empty.v1+json", digest: emptyConfig.digest, size: emptyConfig.size };

/** The one blob of an artifact: its compressed file. */
export interface ArtifactBlob {
  /** `sha256:…` over the compressed file. */
  readonly digest: string;
  readonly size: number;
  readonly publishedAt: Date;
}

function sha256Of(content: Uint8Array): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

/** The text of the manifest. By the hour: who publishes the same artifact at the same time writes the same manifest. */
export function writeManifest({ digest, size, publishedAt }: ArtifactBlob): string {
  const created = new Date(Math.floor(publishedAt.getTime() / 3_600_000) * 3_600_000).toISOString();
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType,
    config: emptyDescriptor,
    layers: [{ mediaType: layerType, digest, size }],
    annotations: { "org.opencontainers.image.created": created },
  });
}

const schema = z.object({
  layers: z.tuple([z.object({ mediaType: z.literal(layerType), digest: z.string().regex(/^sha256:[0-9a-f]{64}$/), size: z.number().int().nonnegative() })]),
  annotations: z.record(z.string(), z.string()).optional(),
});

/** Throws artifact_damaged for what we did not write. */
export function readManifest(text: string, tag: string): ArtifactBlob {
  try {
    const { layers: [layer], annotations } = schema.parse(JSON.parse(text));
    const created = new Date(annotations?.["org.opencontainers.image.created"] ?? 0);
    return { digest: layer.digest, size: layer.size, publishedAt: Number.isNaN(created.getTime()) ? new Date(0) : created };
  } catch (error) {
    return fail("artifact_damaged", `the registry's manifest of ${tag.slice(0, 12)}… is none of Modyard's`, {}, error);
  }
}
