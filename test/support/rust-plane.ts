import { type ControlPlaneOptions, TestControlPlane } from "./control-plane.ts";
import { type CargoRegistry, startCargoRegistry } from "./cargo-registry.ts";

/** Where the crates of the example come from in tests: nothing answers at this address but through the registry of the test. */
const crates = "http://crates.test";

/** Long enough for a compiler with one core of a busy machine to itself. */
export const patience = { timeout: 600_000 };

/** A control plane whose host is the Rust example in its debug profile, live, and the registry that all of its crates come from. */
export interface RustPlane {
  readonly plane: TestControlPlane;
  readonly registry: CargoRegistry;
  close(): Promise<void>;
}

type RustOptions = Omit<Extract<ControlPlaneOptions, { readonly example: "rust-platform" }>, "example" | "profile" | "deployed">;

/** What was compiled from this registry is shared between test files: only the first one of a machine compiles everything. */
export async function openRustPlane(options: RustOptions = {}): Promise<RustPlane> {
  const registry = await startCargoRegistry({ address: crates });
  const close = async (plane?: TestControlPlane): Promise<void> => {
    await plane?.close();
    await registry.stop();
  };
  try {
    const prepareHost = async (host: string): Promise<void> => {
      await registry.mirror(host);
      await options.prepareHost?.(host);
    };
    const plane = await TestControlPlane.open({ ...options, example: "rust-platform", profile: "debug", deployed: true, prepareHost, env: { ...options.env, CARGO_HOME: registry.cargoHome } });
    return { plane, registry, close: () => close(plane) };
  } catch (error) {
    await close();
    throw error;
  }
}
