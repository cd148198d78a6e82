import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import type { z } from 'zod'
import type { Asking } from './asking.ts'
import { bounded, mapTexts } from './bounded.ts'
import { withoutSecrets } from './content.ts'
import { type Tool, usualKib } from './tool.ts'

/** Calls a tool. Whatever goes wrong is said in words that a model can act on. */
export async function callTool(tool: Tool, given: unknown, asking: () => Promise<Asking>): Promise<CallToolResult> {
  const params = tool.params.safeParse(given ?? {})
  if (!params.success)
    return failed(`${tool.name} was called with wrong params: ${issueWords(params.error.issues, tool)}`)
  try {
    const answer = await tool.answer(params.data, await asking())
    const { maxKib = usualKib } = params.data as { maxKib?: number }
    // Before anything is cut: the half of a key is not recognised.
    const clean = mapTexts(answer, withoutSecrets)
    const value = bounded({ ...answer, value: clean.value, leftOut: clean.leftOut ?? [] }, maxKib * 1024)
    return { structuredContent: { ...value }, content: [{ type: 'text', text: JSON.stringify(value) }] }
  } catch (error) {
    return failed(withoutSecrets(error instanceof Error ? error.message : String(error)))
  }
}

/** What went wrong may repeat what was asked, however long that was. */
function failed(text: string): CallToolResult {
  const short =
    text.length <= longestFailure ? text : `${text.slice(0, longestFailure)}… (${text.length} characters in all)`
  return { isError: true, content: [{ type: 'text', text: short }] }
}

const longestFailure = 1500

function issueWords(issues: readonly z.core.$ZodIssue[], tool: Tool): string {
  const words = issues.slice(0, 3).map(({ path, message }) => [...path.map(String), message].join(': '))
  return `${words.join('; ')} (its params: ${paramNames(tool).join(', ')})`
}

function paramNames({ params }: Tool): string[] {
  return Object.keys((params as z.ZodObject).shape)
}
