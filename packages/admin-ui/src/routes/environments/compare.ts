interface Module {
  readonly slug: string;
  readonly version: string;
}

/** What goes from one composition to another would add, take away and change. */
export function compareModules(from: readonly Module[], to: readonly Module[]) {
  const [before, after] = [new Map(from.map(({ slug, version }) => [slug, version])), new Map(to.map(({ slug, version }) => [slug, version]))];
  return {
    added: to.filter(({ slug }) => !before.has(slug)),
    removed: from.filter(({ slug }) => !after.has(slug)),
    changed: to.flatMap(({ slug, version }) => {
      const was = before.get(slug);
      return was === undefined || was === version ? [] : [{ slug, from: was, to: version }];
    }),
  };
}
