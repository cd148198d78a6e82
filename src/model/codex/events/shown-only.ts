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
    name: 'codex.turn_ttft',
    counts: ['duration_ms'],
    facts: () => [],
    summary: (attributes) => `${text(attributes, 'duration_ms') ?? '?'} ms`,
  },
  {
    name: 'codex.agent_response',
    counts: [],
    facts: () => [],
    summary: (attributes) => joined(attributes, 'agent.type', 'response'),
  },
  {
    name: 'codex.guardian_assessment',
    counts: [],
    facts: () => [],
    summary: (attributes) => joined(attributes, 'outcome', 'risk_level', 'rationale'),
  },
  {
    // The ledger reads it while the raw record is there.
    name: 'codex.sandbox_outcome',
    counts: ['initial_duration_ms', 'escalated_duration_ms'],
    facts: () => [],
    summary: (attributes) => joined(attributes, 'tool_name', 'outcome'),
  },
  {
    name: 'codex.auth_recovery',
    counts: [],
    facts: () => [],
    summary: (attributes) => joined(attributes, 'auth.mode', 'auth.step', 'auth.outcome'),
  },
  {
    name: 'codex.turn_cost',
    counts: [],
    facts: () => [],
    summary: (attributes) => joined(attributes, 'turn.id'),
  },
]
