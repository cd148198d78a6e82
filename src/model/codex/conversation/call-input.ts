import { text, type Attributes, type AttributeValue } from '../../attributes.ts'
import { asPart, part } from '../rollout/payload.ts'

/** The arguments of a call as an object; an empty one where they are none. */
export function argumentsOf(call: Attributes): Attributes {
  const json = text(call, 'arguments')
  if (json === null) return {}
  try {
    return asPart(JSON.parse(json) as AttributeValue)
  } catch {
    return {}
  }
}

export interface CallInput {
  readonly text: string
  readonly language: 'shell' | 'script' | 'json'
}

/** What a call asks for, as a person reads it: the command line rather than the list that starts it. */
export function inputOf(call: Attributes, item: Attributes): CallInput {
  const asked = argumentsOf(call)
  const command = commandLine(asked.cmd ?? asked.command ?? item.command)
  if (command !== null) return { text: command, language: 'shell' }
  const script = text(call, 'input')
  if (script !== null) return { text: script, language: 'script' }
  const query = text(item, 'query')
  if (query !== null) return { text: query, language: 'shell' }
  const given = 'arguments' in item ? JSON.stringify(item.arguments) : (text(call, 'arguments') ?? '')
  return { text: given, language: 'json' }
}

/** `["/bin/bash", "-lc", "ls"]` runs `ls`. */
function commandLine(command: AttributeValue | undefined): string | null {
  if (typeof command === 'string') return command
  if (!Array.isArray(command)) return null
  const words = (command as readonly AttributeValue[]).map(String)
  const [shell = '', option = '', line] = words
  const isShell = /(?:^|[/\\])(?:ba|z|da|fi)?sh$|(?:^|[/\\])(?:powershell|pwsh|cmd)(?:\.exe)?$/i.test(shell)
  return isShell && words.length === 3 && /^[-/]/.test(option) ? (line ?? '') : words.join(' ')
}

/** Where it ran: an item names it as an address. */
export function folderOf(call: Attributes, item: Attributes): string | null {
  const folder = text(item, 'cwd') ?? text(argumentsOf(call), 'workdir')
  return folder?.replace(/^file:\/\//, '') ?? null
}

/** What MCP servers answer with, or why they did not. */
export function resultPieces(of: Attributes): readonly Attributes[] | null {
  const result = part(of, 'result')
  const content = ('Ok' in result ? part(result, 'Ok') : result).content
  return Array.isArray(content) ? (content as readonly AttributeValue[]).map(asPart) : null
}
