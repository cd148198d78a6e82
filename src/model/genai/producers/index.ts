import { claudeCode } from './claude-code.ts'
import type { ContentKind } from './content.ts'
import { conventions } from './conventions.ts'
import { geminiCli } from './gemini-cli.ts'
import { googleAdk } from './google-adk.ts'
import { langfuse } from './langfuse.ts'
import { langsmith } from './langsmith.ts'
import { litellm } from './litellm.ts'
import { livekit } from './livekit.ts'
import { mlflow } from './mlflow.ts'
import { openinference } from './openinference.ts'
import { openllmetry } from './openllmetry.ts'
import type { Field, Producer } from './producer.ts'
import { pydanticAi } from './pydantic-ai.ts'
import { unnamed } from './unnamed.ts'
import { vercelAi } from './vercel-ai.ts'

/** All that are known, the conventions first: what several name alike means the same. */
export const producers: readonly Producer[] = [
  ...[conventions, openllmetry, openinference, vercelAi, litellm, langsmith, pydanticAi, livekit],
  ...[langfuse, mlflow, googleAdk],
  ...[claudeCode, geminiCli, unnamed],
]

/** Names of all producers that say what a field holds, in their order. */
export function namesOf(field: Field): readonly string[] {
  return names.get(field) ?? []
}

const fields: readonly Field[] = [
  ...([
    'operation',
    'provider',
    'requestModel',
    'requestText',
    'responseModel',
    'id',
    'conversation',
    'user',
    'ttftSeconds',
  ] as const),
  ...([
    'ttftMs',
    'reportedCostUsd',
    'costText',
    'finishReasons',
    'agent',
    'tool',
    'callId',
    'arguments',
    'errorType',
  ] as const),
]
const names = new Map(
  fields.map((field) => [field, [...new Set(producers.flatMap((producer) => producer.names?.[field] ?? []))]]),
)

/** What names of counts begin with, the conventions' first. */
export const usageFamilies: readonly string[] = producers.flatMap(({ usage = [] }) => usage)
export const embeddedUsage: readonly string[] = producers.flatMap(({ usageTexts = [] }) => usageTexts)

const exact = new Map<string, Set<ContentKind>>()
const patterns: { readonly matches: RegExp; readonly kinds: readonly ContentKind[] }[] = []
for (const { key, kinds } of producers.flatMap(({ content }) => content))
  if (key.includes('*')) patterns.push({ matches: patternOf(key), kinds })
  else exact.set(key, new Set([...(exact.get(key) ?? []), ...kinds]))

function patternOf(key: string): RegExp {
  const parts = key.split('*').map((part) => part.replace(/[.\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}

const none: readonly ContentKind[] = []
/** Counts are no content, though `llm.token_count.prompt` is named as LiteLLM's raw prompts are. */
const counts = /(?:^|[._])(?:token_count|tokens?|usage)(?:[._]|$)/
/** The same few names come with every record; a sender's made-up ones must not fill memory. */
const mostKnown = 2000
const known = new Map<string, readonly ContentKind[]>()

/** What an attribute of this name may hold, by the families of all producers; empty where it is no content. */
export function contentKinds(key: string): readonly ContentKind[] {
  const remembered = known.get(key)
  if (remembered !== undefined) return remembered
  const kinds = new Set(exact.get(key))
  if (!counts.test(key))
    for (const pattern of patterns) if (pattern.matches.test(key)) for (const kind of pattern.kinds) kinds.add(kind)
  if (known.size >= mostKnown) known.clear()
  const found = kinds.size === 0 ? none : [...kinds]
  known.set(key, found)
  return found
}
