import { text, type Attributes } from '../attributes.ts'

/** What a resource says of the application that sends. */
export interface GenAiSender {
  readonly service: string
  readonly version: string | null
  readonly language: string | null
  readonly environment: string | null
  readonly attributes: Attributes
}

export function genAiSender(service: string, version: string, attributes: Attributes): GenAiSender {
  return {
    service,
    version: version === '' ? null : version,
    language: text(attributes, 'telemetry.sdk.language'),
    // The second is the name that the convention had until OpenTelemetry 1.27.
    environment: text(attributes, 'deployment.environment.name') ?? text(attributes, 'deployment.environment'),
    attributes,
  }
}

/**
 * Command line tools that log every model call. Their logs are the source, and their spans only belong to the session:
 * Claude Code sends spans only in a beta mode (code.claude.com/docs/en/monitoring-usage), and Gemini CLI's have no tokens
 * (google-gemini/gemini-cli, docs/cli/telemetry.md).
 */
export type CommandLineTool = 'claude-code' | 'gemini-cli'

export function commandLineTool(service: string, event = ''): CommandLineTool | null {
  if (service === 'claude-code' || event.startsWith('claude_code.')) return 'claude-code'
  return service === 'gemini-cli' || event.startsWith('gemini_cli.') ? 'gemini-cli' : null
}

export function userOf(attributes: Attributes, sender: GenAiSender): string | null {
  for (const from of [attributes, sender.attributes])
    for (const key of ['enduser.id', 'user.email', 'user.id']) {
      const user = text(from, key)
      if (user !== null) return user
    }
  return null
}
