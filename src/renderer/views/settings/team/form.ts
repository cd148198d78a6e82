import type { Params, Value } from '../../../../contract/index.ts'

/** The connection as its fields hold it: '' where nothing is said. */
export interface TeamForm {
  readonly url: string
  readonly user: string
  /** Given anew; '' keeps the one that is kept. */
  readonly password: string
  readonly database: string
  readonly factsDatabase: string
  readonly caFile: string
  readonly certFile: string
  readonly keyFile: string
}

export function formOf({ connection }: Value<'team.read'>): TeamForm {
  const { url = '', user = '', database = 'otel', factsDatabase = 'colophon' } = connection ?? {}
  const { caFile = null, certFile = null, keyFile = null } = connection ?? {}
  return {
    ...{ url, user, password: '', database, factsDatabase },
    ...{ caFile: caFile ?? '', certFile: certFile ?? '', keyFile: keyFile ?? '' },
  }
}

export function draftOf(form: TeamForm): Params<'team.save'> {
  const file = (path: string): string | null => (path.trim() === '' ? null : path.trim())
  return {
    url: form.url.trim(),
    user: form.user.trim() || 'default',
    database: form.database.trim() || 'otel',
    factsDatabase: form.factsDatabase.trim() || 'colophon',
    ...{ caFile: file(form.caFile), certFile: file(form.certFile), keyFile: file(form.keyFile) },
    ...(form.password === '' ? {} : { password: form.password }),
  }
}
