import type { Composition } from "../composition/composition.ts";
import type { DescriptorReading } from "../composition/plan.ts";
import type { HostDescriptor } from "../manifest/host-descriptor.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { registryInput, type RegistryInput } from "./registry-input.ts";
import { rustRegistry } from "./rust/registry.ts";
import type { SourceFile } from "./source-file.ts";
import type { RegistryPlace, Template } from "./template.ts";
import { typescriptReferences } from "./typescript/references.ts";
import { nodeRegistry } from "./typescript/registry.ts";

export type RegistryLanguage = "typescript" | "rust";

/** Every generated file has one template. */
const templates: Readonly<Record<RegistryLanguage, readonly Template[]>> = {
  typescript: [nodeRegistry, typescriptReferences],
  rust: [rustRegistry],
};

/** The language of each toolchain's hosts. */
const languages: Readonly<Record<HostDescriptor["toolchain"], RegistryLanguage>> = { npm: "typescript", cargo: "rust" };

export function languageOf(toolchain: HostDescriptor["toolchain"]): RegistryLanguage {
  return languages[toolchain];
}

/**
 * All generated files of a host: the only place where modules and host meet. Pure and deterministic. A manifest alone
 * does not know which import path or type a module's descriptor names: give the descriptors that can be read.
 */
export function generateRegistry(
  source: Manifest | Composition,
  host: Pick<HostDescriptor, "toolchain" | "registry">,
  descriptors?: ReadonlyMap<string, DescriptorReading>,
): SourceFile[] {
  return generateIn(languageOf(host.toolchain), registryInput(source, descriptors), host.registry);
}

/** The same for a host of which only the language is known. */
export function generateIn(language: RegistryLanguage, input: RegistryInput, place: RegistryPlace): SourceFile[] {
  return templates[language].map((template) => template(input, place)).filter((file) => file !== undefined);
}
