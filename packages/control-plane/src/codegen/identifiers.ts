/** The words of a slug: `my-thing` and `my_thing` have two. */
function words(slug: string): string[] {
  return slug.split(/[-_]+/).filter((word) => word !== "");
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `my-thing` as `MyThing`. */
export function pascalCase(slug: string): string {
  return words(slug).map(capital).join("");
}

/** `my-thing` as `myThing`. */
export function camelCase(slug: string): string {
  const pascal = pascalCase(slug);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/**
 * One name per slug, in the order given, none twice: `name(slug)`, and where slugs differ only in their dashes a number
 * behind it. Safe as long as `name` never ends in a digit, so that a numbered name is never another's own.
 */
export function distinctNames(slugs: readonly string[], name: (slug: string) => string): ReadonlyMap<string, string> {
  const used = new Map<string, number>();
  return new Map(
    slugs.map((slug) => {
      const wanted = name(slug);
      const count = (used.get(wanted) ?? 0) + 1;
      used.set(wanted, count);
      return [slug, count === 1 ? wanted : `${wanted}${count}`];
    }),
  );
}
