import { defineConfig } from 'vitest/config'

/** Two at once: a suite that starts workers, sockets and processes of its own leaves little of a small machine. */
const maxWorkers = 2

export default defineConfig({
  test: {
    maxWorkers,
    // Under heavy load V8 was once seen to fail a check of its memory protection keys while many workers started.
    execArgv: ['--no-memory-protection-keys'],
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 60_000 },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
