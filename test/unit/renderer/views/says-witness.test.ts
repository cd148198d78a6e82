import { expect, test } from 'vitest'
import { saysWitness } from '../../../../src/renderer/views/session/says-witness.ts'

test.each([
  { kind: 'user', witness: 'file', enabled: false, says: true },
  { kind: 'user', witness: 'both', enabled: true, says: true },
  { kind: 'user', witness: 'telemetry', enabled: true, says: true },
  { kind: 'user', witness: 'telemetry', enabled: false, says: false },
  { kind: 'app', witness: 'telemetry', enabled: true, says: false },
] as const)(
  'a head of $kind by $witness, files read: $enabled, names its witness: $says',
  ({ enabled, says, ...of }) => {
    expect(saysWitness(of, { enabled })).toBe(says)
  },
)
