import { join } from 'node:path'
import { z } from 'zod'
import type { ParsedParams, Value } from '../../contract/index.ts'
import type { Result } from '../../contract/result.ts'
import { byUser, saidNothing, saysAnything, withChanges, type ByUser } from '../../model/session/by-user.ts'
import { readOwnFile, writeOwnFile } from '../own-file.ts'

const fileName = 'team-marks.json'
const kept = z.record(z.string(), byUser)
/** As many as a list takes: of a user's own stars and tags there are fewer. */
const mostListed = 10_000

type ListParams = ParsedParams<'session.list'>
type ListAnswer = Result<Value<'session.list'>>

/** What this user says of a team's sessions. The team's store cannot be written to, so it lies here, apart from what is said of this machine's. */
export interface TeamMarks {
  readonly mark: (params: ParsedParams<'session.mark'>) => ByUser
  readonly of: (id: string) => ByUser
  /** A list with these marks in it, and narrowed to them where that is asked: of stars and tags the team's store knows nothing. */
  readonly listed: (params: ListParams, ask: (params: ListParams) => Promise<ListAnswer>) => Promise<ListAnswer>
}

export function teamMarks(dataDir: string): TeamMarks {
  const path = join(dataDir, fileName)
  let marks: Record<string, ByUser> | null = null

  function all(): Record<string, ByUser> {
    return (marks ??= read(path))
  }
  const of = (id: string): ByUser => (Object.hasOwn(all(), id) ? all()[id] : undefined) ?? saidNothing

  return {
    of,
    mark({ id, ...changes }) {
      const said = withChanges(of(id), changes)
      const others = Object.entries(all()).filter(([known]) => known !== id)
      marks = Object.fromEntries([...others, ...(saysAnything(said) ? [[id, said] as const] : [])])
      writeOwnFile(path, `${JSON.stringify(marks)}\n`)
      return said
    },
    async listed(params, ask) {
      const { filters } = params
      if (filters === undefined || (filters.tag === undefined && !filters.starred))
        return withMarks(await ask(params), of)
      const { tag, starred, ...others } = filters
      const answer = withMarks(await ask({ ...params, filters: others, offset: 0, limit: mostListed }), of)
      if (!answer.ok) return answer
      const fitting = answer.value.sessions.filter(
        ({ byUser: said }) =>
          (!starred || said.starred) &&
          (tag === undefined || tag.some((one) => (one === '' ? said.tags.length === 0 : said.tags.includes(one)))),
      )
      const sessions = fitting.slice(params.offset, params.offset + params.limit)
      return { ok: true, value: { ...answer.value, sessions, total: fitting.length } }
    },
  }
}

function withMarks(answer: ListAnswer, of: (id: string) => ByUser): ListAnswer {
  if (!answer.ok) return answer
  const sessions = answer.value.sessions.map((session) => ({ ...session, byUser: of(session.id) }))
  return { ok: true, value: { ...answer.value, sessions } }
}

function read(path: string): Record<string, ByUser> {
  try {
    return kept.parse(JSON.parse(readOwnFile(path) ?? '{}'))
  } catch {
    return {}
  }
}
