import { categoryOfSpan, type SpanCategory, type StartPart } from '../../model/codex/spans/category.ts'
import type { TreeRow } from '../../model/tree/row.ts'

export const categoryLooks = {
  session: { name: 'session and turns', colour: '--accent', means: 'when sessions and turns begin and end' },
  network: {
    name: 'network, streaming',
    colour: '--model',
    means: 'requests to the model and MCP servers, and their streams',
  },
  tools: { name: 'tool use', colour: '--tool', means: 'tool calls and their commands' },
  startup: {
    name: 'start-up',
    colour: '--start-up',
    means: 'sign-in, environment, list of models, MCP servers, instructions; also where a turn looks at them again',
  },
  internal: { name: 'internals', colour: '--helper', means: "Codex's own housekeeping, and what no name tells" },
} as const satisfies Readonly<Record<SpanCategory, { name: string; colour: `--${string}`; means: string }>>

/** What a raw span is about. */
export function categoryLookOf({ label, callId }: TreeRow): (typeof categoryLooks)[SpanCategory] {
  return categoryLooks[categoryOfSpan(label, callId !== null)]
}

export const startPartNames: Readonly<Record<StartPart, string>> = {
  authentication: 'authentication',
  environment: 'environment',
  models: 'list of models',
  mcp: 'MCP servers',
}
