/** Every file of this language is one branch of its messages: `en/builds.json` holds `builds.*`. Together they are one file to load. */
export const branches = import.meta.glob<Record<string, unknown>>("./en/*.json", { import: "default", eager: true });
