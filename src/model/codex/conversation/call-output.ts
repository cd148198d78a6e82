import { text, type Attributes, type AttributeValue } from '../../attributes.ts'
import { asPart } from '../rollout/payload.ts'
import { resultPieces } from './call-input.ts'

/** What a call gave, as it was: of what ran itself, else what the model was told, without Codex's own lines before it. */
export function outputOf(output: Attributes, item: Attributes): string | null {
  const ran = text(item, 'aggregated_output') ?? (item.aggregated_output === '' ? '' : null)
  if (ran !== null) return ran
  const answered = resultPieces(item)
  if (answered !== null) return answered.map(textOf).join('\n')
  if (!('output' in output)) return null
  return withoutHeader(pieces(output.output).map(textOf).join(''))
}

export function outputPieces(output: Attributes, item: Attributes): readonly AttributeValue[] {
  return resultPieces(item) ?? pieces(output.output)
}

function pieces(output: AttributeValue | undefined): readonly AttributeValue[] {
  if (Array.isArray(output)) return output as readonly AttributeValue[]
  return output === undefined ? [] : [output]
}

function textOf(piece: AttributeValue): string {
  return typeof piece === 'string' ? piece : (text(asPart(piece), 'text') ?? '')
}

/** Codex's own lines end with `Output:`, within the first few; where they do not, the text is the tool's. */
function withoutHeader(words: string): string {
  const end = /^Output:\n?/m.exec(words.slice(0, 2000))
  const header = end === null ? '' : words.slice(0, end.index)
  return end !== null && /^(?:Chunk ID|Wall time|Exit code|Script completed|Script failed)/.test(header)
    ? words.slice(end.index + end[0].length)
    : words
}
