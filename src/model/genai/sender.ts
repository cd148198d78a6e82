import { text, type Attributes } from '../attributes.ts'
import { namesOf } from './producers/index.ts'
import { noUsage, type Says } from './told.ts'

/** What a resource and a scope say of the application that sends. */
export interface GenAiSender {
  readonly service: string
  /** Of the instrumentation. */
  readonly scope: string
  readonly version: string | null
  readonly language: string | null
  readonly environment: string | null
  readonly attributes: Attributes
}

export function genAiSender(of: {
  readonly service: string
  readonly version: string
  readonly scope: string
  readonly attributes: Attributes
}): GenAiSender {
  const { service, version, scope, attributes } = of
  return {
    service,
    scope,
    version: version === '' ? null : version,
    language: text(attributes, 'telemetry.sdk.language'),
    // The second is the name that the convention had until OpenTelemetry 1.27.
    environment: text(attributes, 'deployment.environment.name') ?? text(attributes, 'deployment.environment'),
    attributes,
  }
}

/** Programs whose records have names of their own, whatever the service is called that they run in. */
export type CommandLineTool = 'claude-code' | 'gemini-cli'

/** By the name or body of a record, else by the scope that made it; never by the service's name, which a user sets. */
export function commandLineTool({ scope }: GenAiSender, ...names: readonly string[]): CommandLineTool | null {
  const says = (word: string): boolean => names.some((name) => name.startsWith(word))
  if (says('claude_code.') || scope.startsWith('com.anthropic.claude_code')) return 'claude-code'
  // Qwen Code is made of it, and renamed its records.
  return says('gemini_cli.') || says('qwen-code.') || scope === 'gemini-cli' || scope === 'qwen-code'
    ? 'gemini-cli'
    : null
}

export function userOf(attributes: Attributes, sender: GenAiSender): string | null {
  for (const from of [attributes, sender.attributes])
    for (const key of namesOf('user')) {
      const user = text(from, key)
      if (user !== null) return user
    }
  return null
}

export function sayingNothing({ version, language, environment }: GenAiSender): Says {
  return {
    version,
    language,
    environment,
    user: null,
    status: 'completed',
    errorType: null,
    name: null,
    callId: null,
    summary: null,
    provider: null,
    operation: 'chat',
    requestModel: null,
    responseModel: null,
    ids: [],
    usage: noUsage,
    ttftMs: null,
    reportedCostUsd: null,
    finishReasons: null,
    within: null,
  }
}
