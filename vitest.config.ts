import { defineConfig } from "vitest/config";
import { CountsReporter } from "./scripts/counts-reporter.ts";

export default defineConfig({
  // The file that Node takes: by the package's `module` it would be there twice, once for us and once for the packages on top of it.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    include: ["packages/*/src/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "test/fixtures/**"],
    globalSetup: ["test/support/build-page.ts"],
    setupFiles: ["test/support/no-gateways-left.ts"],
    // Real processes, databases and package managers: a test may be slow on a busy machine without being wrong.
    testTimeout: 240_000,
    hookTimeout: 400_000,
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: 2,
    reporters: ["default", new CountsReporter()],
  },
});
