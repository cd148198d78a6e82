import { defineConfig } from 'vitest/config'
import { avoidV8Fault, v8Switches } from './src/engine/v8-fault.ts'

avoidV8Fault()

/** Two at once: a suite that starts workers, sockets and processes of its own leaves little of a small machine. */
const maxWorkers = 2
/** Every process of a runner tells what it runs with. */
const everywhere = 'test/every-runner.test.ts'

const slow = { testTimeout: 60_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    maxWorkers,
    execArgv: [...v8Switches],
    // A project has of these options only what it extends.
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts', everywhere] } },
      { extends: true, test: { name: 'contract', include: ['test/contract/**/*.test.ts', everywhere], ...slow } },
      { extends: true, test: { name: 'integration', include: ['test/integration/**/*.test.ts', everywhere], ...slow } },
    ],
  },
})
