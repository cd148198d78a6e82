import type { CommandResults } from '../../contract/commands.ts'
import type { Style } from '../text/line.ts'
import type { Screen } from '../text/screen.ts'

type Shown = CommandResults['show']
export type ShareKind = Shown['ledger']['shares'][number]['kind']
export type PartKind = Shown['rows'][number]['parts'][number]['kind']

/** A stretch of time is told by its sign where there are no colours, and by both where there are. */
export interface Look {
  readonly block: string
  readonly ascii: string
  readonly style: Style
}

export const signOf = ({ block, ascii }: Look, { unicode }: Pick<Screen, 'unicode'>): string =>
  unicode ? block : ascii

const model: Look = { block: '▓', ascii: '=', style: 'blue' }
const modelWait: Look = { block: '░', ascii: '.', style: 'blue' }
const tool: Look = { block: '█', ascii: '#', style: 'green' }
const waitUser: Look = { block: '▚', ascii: 'w', style: 'yellow' }
const waitReviewer: Look = { block: '▞', ascii: 'v', style: 'yellow' }
const retry: Look = { block: '╳', ascii: 'x', style: 'red' }
const away: Look = { block: '┄', ascii: '~', style: 'dim' }
const idle: Look = { block: '·', ascii: ' ', style: 'dim' }

export const shareLooks: Readonly<Record<ShareKind, Look>> = {
  model_wait: modelWait,
  model_stream: model,
  model: { block: '▒', ascii: '-', style: 'blue' },
  tool_run: tool,
  sandbox_retry: { block: '▄', ascii: 's', style: 'magenta' },
  wait_user: waitUser,
  wait_reviewer: waitReviewer,
  hook: { block: '▀', ascii: 'h', style: 'cyan' },
  retry,
  away,
  startup: { block: '▁', ascii: 'u', style: 'cyan' },
  between_turns: idle,
  unaccounted: { block: '╌', ascii: '?', style: 'dim' },
}

export const partLooks: Readonly<Record<PartKind, { readonly name: string } & Look>> = {
  model_wait: { name: 'model, before first item', ...modelWait },
  model_stream: { name: 'model, streaming', ...model },
  model: { name: 'model, at most', ...shareLooks.model },
  tool_run: { name: 'tool running', ...tool },
  tool_queue: { name: 'tool queued', block: '▁', ascii: '_', style: 'green' },
  wait_user: { name: 'waiting for you', ...waitUser },
  wait_reviewer: { name: 'waiting for the reviewer', ...waitReviewer },
  retry: { name: 'retries', ...retry },
  idle: { name: 'idle', ...idle },
  away: { name: 'machine away', ...away },
}

/** Of a row where nothing says what went on: a turn, a session. */
export const plainLook: Look = { block: '─', ascii: '-', style: 'dim' }
