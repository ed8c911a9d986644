/** The keys of a table, as an enumeration of the schema has them. */
export function namesOf<Name extends string>(table: Readonly<Record<Name, unknown>>): Record<Name, { readonly value: Name }> {
  return Object.fromEntries(Object.keys(table).map((name) => [name, { value: name }])) as Record<Name, { readonly value: Name }>;
}
