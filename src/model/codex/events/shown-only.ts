import { text, type Attributes } from '../../attributes.ts'
import type { EventReader } from './event.ts'

const joined = (attributes: Attributes, ...keys: readonly string[]): string =>
  keys
    .map((key) => text(attributes, key))
    .filter((part) => part !== null)
    .join(' · ')

/** Events that yield no fact: what they say has another source. They are shown in lists. */
export const shownOnly: readonly EventReader[] = [
  {
    name: 'codex.startup_phase',
    facts: () => [],
    summary: (attributes) => joined(attributes, 'startup.phase', 'startup.status'),
  },
  { name: 'codex.turn_ttft', facts: () => [], summary: (attributes) => `${text(attributes, 'duration_ms') ?? '?'} ms` },
  {
    name: 'codex.agent_response',
    facts: () => [],
    summary: (attributes) => joined(attributes, 'agent.type', 'response'),
  },
  {
    name: 'codex.guardian_assessment',
    facts: () => [],
    summary: (attributes) => joined(attributes, 'outcome', 'risk_level', 'rationale'),
  },
]
