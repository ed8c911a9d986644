/** What a tenant decided: slug -> enabled. Modules it never touched are absent. */
export type TenantDecisions = Readonly<Record<string, boolean>>;

/** Where tenants' decisions are kept. A host brings its own on its database. */
export interface TenantStore {
  /** Empty for a tenant that never decided anything. */
  read(tenant: string): Promise<TenantDecisions>;
  /** `enabled` undefined forgets the decision: the module follows the default again. */
  write(tenant: string, slug: string, enabled: boolean | undefined): Promise<void>;
}

/** Keeps decisions as long as the process lives: for tests, development and demonstrations. */
export class MemoryTenantStore implements TenantStore {
  readonly #tenants = new Map<string, Map<string, boolean>>();

  read(tenant: string): Promise<TenantDecisions> {
    return Promise.resolve(Object.fromEntries(this.#tenants.get(tenant) ?? []));
  }

  write(tenant: string, slug: string, enabled: boolean | undefined): Promise<void> {
    const decisions = this.#tenants.get(tenant) ?? new Map<string, boolean>();
    if (enabled === undefined) decisions.delete(slug);
    else decisions.set(slug, enabled);
    this.#tenants.set(tenant, decisions);
    return Promise.resolve();
  }
}
