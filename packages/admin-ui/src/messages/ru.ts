/** Every file of this language is one branch of its messages: `ru/builds.json` holds `builds.*`. Together they are one file to load. */
export const branches = import.meta.glob<Record<string, unknown>>("./ru/*.json", { import: "default", eager: true });
