import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nodeCommand } from '../../node-command.ts'

/** The runtime counts what its interpreter does and loses counts of code that it makes faster, so here it makes none. */
const interpreted = ['--no-opt', '--no-maglev', '--no-sparkplug']

describe('a session that is four times as long takes about four times the steps to settle', () => {
  const [node, args] = nodeCommand(...interpreted, join(import.meta.dirname, 'long-session-steps.ts'))
  const steps = JSON.parse(execFileSync(node, args, { encoding: 'utf8' })) as Record<string, [number, number]>
  it.each(Object.entries(steps))('%s', (_, [few, many]) => {
    expect(few).toBeGreaterThan(10_000)
    // Sorting and looking by halves adds a little; what looks at all for each would take sixteen times as many.
    expect(many / few).toBeLessThan(6)
  })
})
