/** A request that was answered with 200 or 202: what it was about must be there for ever after. */
export interface Acknowledged {
  readonly kind: "build" | "deployment";
  /** `bld_…` or `dpl_…` */
  readonly id: string;
  readonly what: string;
}
