import { expect, test } from "vitest";
import { completeCargo, hostCommands, subcommandOf } from "./commands.ts";

const completion = { packages: ["host-server"], profile: "release", target: "x86_64-unknown-linux-gnu" } as const;
const format = "--message-format=json-diagnostic-rendered-ansi";
const words = (text: string): string[] => text.split(" ").filter((word) => word !== "");

test.each([
  ["build", "build --locked -p host-server --release --target x86_64-unknown-linux-gnu"],
  ["build --locked", "build --locked -p host-server --release --target x86_64-unknown-linux-gnu"],
  ["b --frozen -r", "b --frozen -r -p host-server --target x86_64-unknown-linux-gnu"],
  ["build -p other", "build -p other --locked --release --target x86_64-unknown-linux-gnu"],
  ["build -pother --profile=fat", "build -pother --profile=fat --locked --target x86_64-unknown-linux-gnu"],
  ["build --package=other", "build --package=other --locked --release --target x86_64-unknown-linux-gnu"],
  ["build --workspace --target wasm32-unknown-unknown", "build --workspace --target wasm32-unknown-unknown --locked --release"],
  ["build --bin tool", "build --bin tool --locked --release --target x86_64-unknown-linux-gnu"],
  ["build --message-format short", "build --locked -p host-server --release --target x86_64-unknown-linux-gnu"],
  ["build --message-format=human --features x", "build --features x --locked -p host-server --release --target x86_64-unknown-linux-gnu"],
  ["--config net.retry=1 build", "--config net.retry=1 build --locked -p host-server --release --target x86_64-unknown-linux-gnu"],
])("completes cargo %s", (given, expected) => {
  expect(completeCargo(words(given), completion)).toEqual([...words(expected), format]);
});

test("what belongs to the test harness stays behind it", () => {
  expect(completeCargo(words("test --locked -- --test-threads 1 -p x"), { packages: ["a", "b"], profile: "debug" })).toEqual([...words("test --locked -p a -p b"), format, ...words("-- --test-threads 1 -p x")]);
});

test("other subcommands stay as they are", () => {
  for (const given of ["xtask build", "leptos build --release", "run", "--version", "+nightly build"]) expect(completeCargo(words(given), completion)).toEqual(words(given));
  expect(subcommandOf(["-Z", "build", "check"])).toBeUndefined();
});

const surface = { directory: ".", output: [], health: "/", modulesHealth: "/" } as const;

test("only the server's command is about the application, and equal ones run once", () => {
  const surfaces = [
    { ...surface, name: "server", build: ["cargo", "build"] },
    { ...surface, name: "admin", build: ["cargo", "build", "-p", "admin"] },
    { ...surface, name: "storefront", build: ["cargo", "build", "-p", "admin"] },
  ] as const;
  const commands = hostCommands({ surfaces }, "build", { packages: ["host-server"], profile: "debug" });
  expect(commands).toEqual([
    { argv: ["cargo", "build", "--locked", "-p", "host-server", format], packages: ["host-server"] },
    { argv: ["cargo", "build", "-p", "admin", "--locked", format], packages: ["admin"] },
  ]);
});

const packagesOf = (...build: string[]): unknown => hostCommands({ surfaces: [{ ...surface, name: "admin", build }] }, "build", { packages: [], profile: "debug" })[0]?.packages;

test("what a command compiles is unknown where it leaves it to the workspace or to others", () => {
  for (const build of [["cargo", "build"], ["cargo", "build", "--workspace", "-p", "x"], ["cargo", "build", "-p", "*"], ["trunk", "build"], ["cargo", "leptos", "build", "-p", "x"]]) expect(packagesOf(...build)).toBeUndefined();
  expect(packagesOf("cargo", "build", "--package", "a", "-pb")).toEqual(["a", "b"]);
});
