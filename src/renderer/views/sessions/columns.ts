import type { LimitMove } from '../../../contract/limits.ts'
import { longSessionMs } from '../../../model/session/long.ts'
import type { SessionSummary } from '../../../model/session/summary.ts'
import { duration, exactDuration } from '../../format/duration.ts'
import type { AttributeFilter } from '../../../model/panels/filters.ts'
import { exactUsd } from '../../../model/pricing/money.ts'
import { narrowUsd } from '../../format/money.ts'
import { counted, compact, exact, narrow, percent } from '../../format/number.ts'
import { sessionName, shortFolder } from '../../../model/session/name.ts'
import { isUntimed, oneMoment } from '../../../model/session/untimed.ts'
import { clock, day, exactTime } from '../../format/time.ts'
import { moveFigures, moveTitle } from '../limits/move-words.ts'

/** A session as the list has it: with what columns show that are asked for on their own. */
export type SessionInList = SessionSummary & {
  readonly moves?: readonly LimitMove[]
  /** Values of the keys whose columns show. */
  readonly attributes?: readonly AttributeFilter[] | undefined
  /** Longer ones stand out. */
  readonly longMs?: number | undefined
}

export interface Cell {
  readonly text: string
  /** Fainter words behind the text. */
  readonly more?: string
  readonly bad?: boolean
  /** What is worth a look, and no failure. */
  readonly stands?: boolean
  /** The exact values. */
  readonly title?: string
}

export interface SessionColumn {
  readonly id: string
  readonly name: string
  /** Pixels; the title takes what is left. */
  readonly width: number
  readonly numeric?: boolean
  /** Words that begin with figures, which should stand below each other. */
  readonly figures?: boolean
  /** Columns of the highest rank are the first to go where the window is narrow and nobody chose. */
  readonly rank: number
  readonly key: (session: SessionInList) => number | string
  readonly cell: (session: SessionInList, nowMs: number) => Cell
}

const text = (value: string | null): Cell => ({ text: value ?? '', title: value ?? '' })
const plain = (value: number): Cell => (value === 0 ? { text: '' } : { text: narrow(value), title: exact(value) })

/** Beside all calls. The word gives way to large figures, for a figure that is cut reads as another: `2 failed 38`, `120 / 1,430` in red. */
const failedBeside = (failed: number, calls: number): string =>
  failed < 100 && calls < 1000 ? `${exact(failed)} failed` : `${compact(failed)} /`

/** A live session is as long as it has been running, whatever was heard last. */
export function wallOf(session: SessionSummary, nowMs: number): number {
  return session.state === 'live' ? Math.max(session.wallMs, nowMs - session.startedAtMs) : session.wallMs
}

export const columns: readonly SessionColumn[] = [
  {
    id: 'started',
    name: 'Started',
    figures: true,
    width: 140,
    rank: 0,
    key: (session) => session.startedAtMs,
    cell: (session, nowMs) => ({
      text: clock(session.startedAtMs),
      more: day(session.startedAtMs, nowMs),
      title: exactTime(session.startedAtMs),
    }),
  },
  {
    id: 'title',
    name: 'Title',
    width: 240,
    rank: 0,
    key: (session) => sessionName(session).toLowerCase(),
    cell: (session) => ({ text: sessionName(session) }),
  },
  {
    id: 'user',
    name: 'User',
    width: 112,
    rank: 3,
    key: (session) => session.user ?? '',
    // What tells people of one company apart stands first, and is not cut for what they share.
    cell: ({ user }) => {
      const at = user?.lastIndexOf('@') ?? -1
      return user === null || at < 1 ? text(user) : { text: user.slice(0, at), more: user.slice(at), title: user }
    },
  },
  {
    id: 'model',
    name: 'Model',
    width: 116,
    rank: 1,
    key: (session) => session.model ?? '',
    cell: ({ model, models, effort }) => {
      const others = models.filter((other) => other !== model)
      return {
        text: model ?? '',
        ...(others.length > 0 ? { more: `+${others.length}` } : effort ? { more: effort } : {}),
        title: [[model, ...others].filter(Boolean).join(', '), effort ? `effort ${effort}` : '']
          .filter(Boolean)
          .join('; '),
      }
    },
  },
  {
    id: 'prompts',
    name: 'Prompts',
    width: 64,
    numeric: true,
    rank: 2,
    key: (s) => s.prompts,
    cell: (s) => plain(s.prompts),
  },
  {
    id: 'duration',
    name: 'Duration',
    width: 116,
    numeric: true,
    rank: 0,
    key: (session) => session.wallMs,
    cell: (session, nowMs) => {
      const wallMs = wallOf(session, nowMs)
      const { kind, longMs = longSessionMs } = session
      const isLong = kind === 'user' && wallMs > longMs
      if (isUntimed(wallMs)) return { text: '–', title: oneMoment }
      const title = `wall ${exactDuration(wallMs)}, busy ${exactDuration(session.busyMs)}`
      return {
        text: duration(wallMs),
        ...(isLong
          ? {
              more: 'long',
              stands: true,
              title: `${title}; long: over ${duration(longMs)}, and longer than 95 % of yours`,
            }
          : { title }),
      }
    },
  },
  {
    id: 'tools',
    name: 'Tools',
    width: 88,
    numeric: true,
    rank: 1,
    key: (session) => session.toolCalls,
    cell: ({ toolCalls, failedToolCalls, nonZeroExits, cancelledToolCalls }) => ({
      ...plain(toolCalls),
      ...(failedToolCalls > 0 ? { more: failedBeside(failedToolCalls, toolCalls), bad: true } : {}),
      title: `${exact(toolCalls)} finished, ${exact(failedToolCalls)} failed, ${exact(nonZeroExits)} with an exit code other than 0, ${exact(cancelledToolCalls)} cancelled`,
    }),
  },
  {
    id: 'tokens',
    name: 'Tokens in / out',
    width: 108,
    numeric: true,
    rank: 1,
    key: (session) => session.tokens.input + session.tokens.output,
    cell: ({ tokens }) => ({
      text: tokens.input + tokens.output === 0 ? '' : `${compact(tokens.input)} / ${compact(tokens.output)}`,
      title: `${exact(tokens.input)} input, ${exact(tokens.cached)} of them cached; ${exact(tokens.output)} output, ${exact(tokens.reasoning)} of them reasoning`,
    }),
  },
  {
    id: 'cached',
    name: 'Cached',
    width: 64,
    numeric: true,
    rank: 2,
    key: ({ tokens }) => (tokens.input > 0 ? tokens.cached / tokens.input : -1),
    cell: ({ tokens }) => ({
      text: percent(tokens.cached, tokens.input),
      title: `${exact(tokens.cached)} of ${exact(tokens.input)} input tokens`,
    }),
  },
  {
    id: 'cost',
    name: 'Cost',
    width: 72,
    numeric: true,
    rank: 1,
    key: (session) => session.costUsd ?? -1,
    cell: ({ costUsd, unpricedCalls, unreportedCalls, reportedCostUsd }) => ({
      text: costUsd === null ? (unpricedCalls > 0 ? '–' : '') : narrowUsd(costUsd),
      title: [
        ...(costUsd === null ? [] : [`${exactUsd(costUsd)}, API-equivalent estimate`]),
        ...(unpricedCalls > unreportedCalls
          ? [`${counted(unpricedCalls - unreportedCalls, 'call')} without a known price`]
          : []),
        ...(unreportedCalls > 0 ? [`${counted(unreportedCalls, 'call')} without reported usage`] : []),
        ...(reportedCostUsd === null ? [] : [`${exactUsd(reportedCostUsd)} as it reports itself`]),
      ].join('; '),
    }),
  },
  {
    ...{ id: 'errors', name: 'Errors', width: 56, numeric: true, rank: 0 },
    key: (session) => session.errors,
    cell: (session) => ({ ...plain(session.errors), bad: session.errors > 0 }),
  },
  { id: 'state', name: 'State', width: 96, rank: 0, key: (s) => s.state, cell: (s) => ({ text: s.state }) },
  {
    id: 'folder',
    name: 'Folder',
    width: 150,
    rank: 3,
    key: (session) => session.folder ?? '',
    cell: ({ folder }) => ({ text: folder ? shortFolder(folder) : '', title: folder ?? '' }),
  },
  {
    id: 'originator',
    name: 'Originator',
    width: 116,
    rank: 3,
    key: (session) => session.originator ?? '',
    cell: (session) => text(session.originator),
  },
  { id: 'host', name: 'Host', width: 116, rank: 6, key: (s) => s.host ?? '', cell: (s) => text(s.host) },
  {
    id: 'witness',
    name: 'Witness',
    width: 92,
    rank: 4,
    key: ({ witness, differences }) => (differences > 0 ? 'differ' : witness),
    cell: ({ witness, differences }) => ({ text: differences > 0 ? 'differ' : witness }),
  },
  {
    id: 'environment',
    name: 'Environment',
    width: 96,
    rank: 4,
    key: (session) => session.environment ?? '',
    cell: (session) => text(session.environment),
  },
  {
    id: 'repository',
    name: 'Repository',
    width: 150,
    rank: 5,
    key: (session) => session.repository ?? '',
    cell: ({ repository }) => ({ text: repository?.split('/').slice(-2).join('/') ?? '', title: repository ?? '' }),
  },
  {
    id: 'branch',
    name: 'Branch',
    width: 116,
    rank: 5,
    key: (session) => session.branch ?? '',
    cell: (session) => text(session.branch),
  },
  {
    id: 'commit',
    name: 'Commit',
    width: 84,
    rank: 5,
    key: (session) => session.commit ?? '',
    cell: ({ commit }) => ({ text: commit?.slice(0, 8) ?? '', title: commit ?? '' }),
  },
  {
    id: 'limits',
    name: 'Limits moved',
    width: 104,
    numeric: true,
    rank: 5,
    key: ({ moves }) => moves?.[0]?.risePercent ?? -1,
    cell: ({ moves = [] }) => ({ text: moveFigures(moves), title: moveTitle(moves) }),
  },
]

const attributePrefix = 'attribute:'

/** The key of an attribute's column; null for the others. */
export function attributeOf(columnId: string): string | null {
  return columnId.startsWith(attributePrefix) ? columnId.slice(attributePrefix.length) : null
}

export function attributeColumn(key: string): SessionColumn {
  const valuesOf = ({ attributes = [] }: SessionInList): string =>
    attributes.flatMap((one) => (one.key === key ? [one.value] : [])).join(', ')
  return {
    ...{ id: `${attributePrefix}${key}`, name: key, width: 132, rank: 6 },
    key: (session) => valuesOf(session).toLowerCase(),
    cell: (session) => text(valuesOf(session)),
  }
}

export function columnById(id: string): SessionColumn | undefined {
  const key = attributeOf(id)
  return key === null ? columns.find((column) => column.id === id) : attributeColumn(key)
}
