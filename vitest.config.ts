import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/support/run-folder.ts'],
    setupFiles: ['test/setup.ts'],
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    // Test files share a process and its modules: loading the sources anew for each took half of the time. A test must
    // therefore leave nothing behind; `npm test -- --sequence.shuffle` shows one that does.
    isolate: false,
    // Also on a machine with two cores, where vitest would leave one of them to nobody: 406 s instead of 673 s (2026-12-01).
    maxWorkers: '100%',
    experimental: { fsModuleCache: true },
  },
})
