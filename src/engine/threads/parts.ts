import type { PartName } from '../../contract/troubles.ts'

/** A thread or process that the host starts beside its own. */
export interface Part {
  /** Its file in the source tree, without the ending; in the bundle it lies beside this code under its last name. */
  readonly file: string
  readonly title: string
  /** What people miss while it is away. */
  readonly without: string
  /** Without it nothing of what Colophon is for can be done: when it keeps ending, the host says why and ends. */
  readonly essential: boolean
  /** Works in short steps, and answers a heartbeat between them. What does its work in one piece says how far it is, or has a time limit. */
  readonly beats: boolean
}

/** All of them: what is not listed here cannot be started, and what is listed is ended in turn by a test. */
export const parts: Readonly<Record<PartName, Part>> = {
  writer: {
    file: '../store/writer-worker',
    title: 'The writer',
    without: 'nothing can be stored, and senders are told to try again',
    essential: true,
    beats: true,
  },
  settler: {
    file: '../store/settle-worker',
    title: 'The settler of long sessions',
    without: 'the figures of long sessions stay as they are; receiving goes on',
    essential: false,
    beats: false,
  },
  reader: {
    file: '../store/reader-worker',
    title: 'The reader of sessions',
    without: 'sessions cannot be opened; receiving goes on',
    essential: false,
    beats: true,
  },
  search: {
    file: '../store/search-worker',
    title: 'The search thread',
    without: 'searches take longer',
    essential: false,
    beats: true,
  },
  analyst: {
    file: '../store/reader-worker',
    title: 'A reader of dashboards',
    without: 'dashboards and lists over all sessions may stay empty; receiving goes on',
    essential: false,
    beats: true,
  },
  export: {
    file: '../store/export-worker',
    title: 'An export',
    without: 'its file is not written; receiving goes on',
    essential: false,
    beats: false,
  },
  check: {
    file: '../store/check-worker',
    title: 'The check of the database',
    without: 'it is not known whether the database is sound; receiving goes on',
    essential: false,
    beats: false,
  },
  forward: {
    file: '../forwarding/forward-worker',
    title: 'Forwarding',
    without: 'what arrives is kept and sent on later',
    essential: false,
    beats: true,
  },
  history: {
    file: '../history/history-worker',
    title: "The reader of Codex's session files",
    without: 'what Codex writes to them shows up later; receiving goes on',
    essential: false,
    beats: true,
  },
  words: {
    file: '../history/words/words-worker',
    title: 'The index of words',
    without: 'search finds nothing; receiving goes on',
    essential: false,
    beats: true,
  },
  team: {
    file: '../../team/team-worker',
    title: "The reader of a team's sessions",
    without: "the team's sessions cannot be shown; receiving goes on",
    essential: false,
    beats: true,
  },
  console: {
    file: '../explore/console-process',
    title: 'The SQL console',
    without: 'the console does not answer; receiving goes on',
    essential: false,
    beats: false,
  },
}

/** Where the part's code lies, in the source tree or in the bundle. */
export function partFile(name: PartName): URL {
  const { file } = parts[name]
  const isSource = import.meta.url.endsWith('.ts')
  return new URL(isSource ? `${file}.ts` : `./${file.slice(file.lastIndexOf('/') + 1)}.js`, import.meta.url)
}
