import type { ShellParams, UpdateState } from '../../contract/shell.ts'

type Step = ShellParams<'update'>['step']

export interface UpdateWords {
  readonly words: string
  /** What the user can do next; null while something is under way. */
  readonly next: { readonly step: Step; readonly label: string } | null
}

const look = { step: 'look', label: 'Check for updates' } as const

/** What the About window says of newer versions. */
export function updateWords(state: UpdateState): UpdateWords {
  switch (state.kind) {
    case 'impossible':
      return {
        words: 'This installation does not update itself: get newer versions where you got this one.',
        next: null,
      }
    case 'unknown':
      return { words: 'Nothing is sent over the network until you check.', next: look }
    case 'looking':
      return { words: 'Checking for a newer version…', next: null }
    case 'current':
      return { words: 'You have the newest version.', next: look }
    case 'available':
      return { words: `Version ${state.version} is available.`, next: { step: 'fetch', label: 'Download' } }
    case 'fetching':
      return { words: `Downloading version ${state.version}: ${String(state.percent)} %`, next: null }
    case 'ready':
      return {
        words: `Version ${state.version} is ready. Restart Colophon to use it; what Codex sends meanwhile is lost.`,
        next: { step: 'install', label: 'Restart and install' },
      }
    case 'failed':
      return { words: `The update failed: ${state.why}`, next: { ...look, label: 'Try again' } }
  }
}
