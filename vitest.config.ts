import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { avoidV8Fault, v8Switches } from './src/engine/v8-fault.ts'
import { DearestFirst } from './test/dearest-first.ts'

avoidV8Fault()

/** Where every process and thread of the tests finds the sources without their types: else each strips them anew. */
process.env.NODE_COMPILE_CACHE ??= resolve(import.meta.dirname, 'node_modules', '.cache', 'node')

/** As many as a small machine has cores; where tests wait for threads, processes and timers for half of their time, twice as many. */
const maxWorkers = 2
const ofThoseThatWait = { maxWorkers: 2 * maxWorkers, sequence: { groupOrder: 1 } }
/** Every process of a runner tells what it runs with. */
const everywhere = 'test/every-runner.test.ts'

const setupFiles = ['test/patience.ts', 'test/same-inputs.ts']

/**
 * Far beyond what any test takes: a time-out finds what hangs, and tells nothing of a machine that is busy. No test has a shorter one of its
 * own: at a load of 45 on two cores what takes half a minute took more than five.
 */
const patience = { testTimeout: 900_000, hookTimeout: 900_000, setupFiles }

export default defineConfig({
  test: {
    maxWorkers,
    // Nothing of a test lasts beyond it: to load the sources anew for each file takes a second of it.
    isolate: false,
    execArgv: [...v8Switches],
    sequence: { sequencer: DearestFirst },
    ...patience,
    // A project has of these options only what it extends.
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts', everywhere] } },
      { extends: true, test: { name: 'contract', include: ['test/contract/**/*.test.ts', everywhere] } },
      {
        extends: true,
        test: {
          name: 'integration',
          ...ofThoseThatWait,
          globalSetup: 'scripts/built.mjs',
          setupFiles: [...setupFiles, 'test/integration/bundled-parts.ts'],
          include: ['test/integration/**/*.test.ts', everywhere],
        },
      },
    ],
  },
})
