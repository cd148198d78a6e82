import type { Value } from '../../contract/index.ts'
import { ProcedureError, type Result } from '../../contract/result.ts'
import type { TeamConnection, TeamDoing, TeamDraft } from '../../contract/team.ts'
import type { Changes } from '../changes.ts'
import type { Handlers } from '../dispatch.ts'
import type { Keychain } from '../engine.ts'
import type { ExportJobs } from '../exchange/export-jobs.ts'
import { keepRunning, type Watch } from '../threads/keep-running.ts'
import { threadOf } from '../threads/start-thread.ts'
import { answerOf, type Answer } from '../worker-client.ts'
import { teamExports } from './exports.ts'
import type { TeamOptions, TeamTells } from './messages.ts'
import { teamMarks } from './marks.ts'
import { forgetTeam, readTeam, seal, unseal, writeTeam, type KeptTeam } from './settings-file.ts'

export interface Team {
  /** Answers what was asked with `source: 'team'`. */
  readonly call: (name: string, params: unknown, asked?: string) => Promise<Result<unknown>>
  readonly handlers: Pick<Handlers, Extract<keyof Handlers, `team.${string}`>>
  readonly close: () => Promise<void>
}

interface Given {
  readonly dataDir: string
  readonly silenceMs: number
  readonly keychain: Keychain | undefined
  readonly exports: ExportJobs
  readonly changes: Changes
  readonly watch: Watch
}

/** The other source of sessions. Its thread starts with the first question to it, and nothing of it runs before. */
export function teamSource({ dataDir, silenceMs, keychain, exports, changes, watch }: Given): Team {
  const part = keepRunning({
    part: 'team',
    start: threadOf('team', () => ({ connection: connectionOf(readTeam(dataDir)), silenceMs }) satisfies TeamOptions),
    watch,
    onMessage(message) {
      const { doing: now } = message as Partial<TeamTells>
      if (now !== undefined) noteDoing(now)
    },
  })
  let doing: readonly TeamDoing[] = []

  function noteDoing(now: readonly TeamDoing[]): void {
    doing = now
    changes.note('team')
  }

  function connectionOf(team: KeptTeam | null): TeamOptions['connection'] {
    return team === null ? null : { ...team.connection, password: unseal(keychain, team.password) }
  }

  function shown(): Value<'team.read'> {
    const team = readTeam(dataDir)
    const password = team === null || team.password === null ? 'none' : team.password.sealed ? 'keychain' : 'file'
    return { connection: team?.connection ?? null, password }
  }

  /** The one that is kept goes to the server that it was given for, and to no other. */
  function passwordFor({ url, user }: TeamConnection): KeptTeam['password'] {
    const team = readTeam(dataDir)
    return team?.connection.url === url && team.connection.user === user ? team.password : null
  }

  /** The next question is asked of the team that is set up then. */
  async function changed(): Promise<Result<Value<'team.read'>>> {
    await part.end()
    noteDoing([])
    changes.note('settings')
    changes.note('sessions')
    return { ok: true, value: shown() }
  }

  const ask = (name: string, params: unknown, asked?: string): Promise<Result<unknown>> =>
    answerOf(part.ask<Answer>({ kind: 'call', name, params, asked }))

  const marks = teamMarks(dataDir)
  /** What needs something of this machine beside; the rest is asked of the thread alone. */
  const answeredHere = (called?: string): Partial<Handlers> => ({
    ...teamExports(dataDir, ask, exports),
    'session.mark': (params) => {
      const value = marks.mark(params)
      changes.note('sessions')
      return Promise.resolve({ ok: true, value })
    },
    'session.list': (params) =>
      marks.listed(
        params,
        async (asked) => (await ask('session.list', asked, called)) as Result<Value<'session.list'>>,
      ),
    'session.get': async (params) => {
      const answer = (await ask('session.get', params, called)) as Result<Value<'session.get'>>
      return answer.ok ? { ok: true, value: { ...answer.value, byUser: marks.of(params.id) } } : answer
    },
  })

  return {
    async call(name, params, asked) {
      if (readTeam(dataDir) === null)
        throw new ProcedureError('bad_request', 'no team is set up: do so in Settings › Team')
      const own = answeredHere(asked)[name as keyof Handlers] as
        ((params: unknown) => Promise<Result<unknown>>) | undefined
      return own === undefined ? ask(name, params, asked) : own(params)
    },
    handlers: {
      'team.read': () => Promise.resolve({ ok: true, value: shown() }),
      'team.save': ({ password, ...connection }: TeamDraft) => {
        const kept = passwordFor(connection)
        writeTeam(dataDir, { connection, password: password === undefined ? kept : seal(keychain, password) })
        return changed()
      },
      'team.forget': () => {
        forgetTeam(dataDir)
        return changed()
      },
      'team.state': () => Promise.resolve({ ok: true, value: { doing: [...doing] } }),
      'team.stop': async (params) => {
        if (part.isUp) await ask('team.stop', params)
        return { ok: true, value: {} }
      },
      'team.test': async (draft) => {
        const password = draft.password ?? unseal(keychain, passwordFor(draft))
        return (await ask('team.test', { ...draft, password })) as Result<Value<'team.test'>>
      },
    },
    close: () => part.close(),
  }
}
