import type { Attributes, AttributeValue } from '../../attributes.ts'
import { endBeforeOutput } from '../output-header.ts'
import type { RolloutToolState } from './facts.ts'
import { asPart } from './payload.ts'

export interface ToolWords {
  readonly state: RolloutToolState
  readonly exitCode: number | null
  readonly length: number
}

/** How a call ended, by what Codex wrote for the model: the only trace of calls that were declined or never ran. */
export function toolWords(payload: Attributes): ToolWords {
  const { output } = payload
  const pieces = Array.isArray(output) ? (output as readonly AttributeValue[]).map(textOfPiece) : [textOfPiece(output)]
  const { exitCode } = endBeforeOutput(pieces[0] ?? '')
  return {
    state: stateOf(pieces[0] ?? '', exitCode),
    exitCode,
    length: pieces.reduce((n, piece) => n + piece.length, 0),
  }
}

function textOfPiece(piece: AttributeValue | undefined): string {
  if (typeof piece === 'string') return piece
  const { text } = asPart(piece)
  return typeof text === 'string' ? text : ''
}

function stateOf(beginning: string, exitCode: number | null): RolloutToolState {
  if (/^(?:Wall time: [\d.]{1,20} seconds\n)?aborted by user/.test(beginning)) return 'aborted'
  if (isRejected(beginning)) return 'declined'
  if (/^(?:unsupported call|failed to parse function arguments|Script failed)/.test(beginning)) return 'failed'
  return exitCode === null || exitCode === 0 ? 'ok' : 'failed'
}

/** Nearly none is, so the word is looked for before the pattern is tried at each place of the line. */
function isRejected(beginning: string): boolean {
  return (
    beginning.slice(0, 350).includes('rejected ') &&
    /^[^\n]{0,300}(?:rejected by user|was rejected due to unacceptable risk)/.test(beginning)
  )
}
