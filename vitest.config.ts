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
    experimental: { fsModuleCache: true },
  },
})
