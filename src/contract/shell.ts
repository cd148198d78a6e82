import { z } from 'zod'
import { procedure } from './procedure.ts'
import type { Alert } from './alerts.ts'
import type { Result } from './result.ts'
import { defaultSettings, settings } from './settings.ts'

/** Between the page and the desktop shell around it, beside the bridge to the engine; a browser has no such shell. */

const none = z.object({})

/** A place of the page: what stands behind the `#` of its address. */
export const pagePlace = z
  .string()
  .max(4000)
  .regex(/^\/(?!\/)[^\s#]*$/)

/** What the user decides about the app itself. */
export const shellChoices = z.object({
  /** Whether receiving goes on when the window is closed; null: not asked yet. */
  closeToTray: z.boolean().nullable(),
  openAtLogin: z.boolean(),
  /** Whether the app looks for a newer version of itself when it starts. */
  lookForUpdates: z.boolean(),
})

/** How far the way to a newer version has been gone; each step is the user's. */
export const updateState = z.discriminatedUnion('kind', [
  /** This build does not know where newer ones are published, or was not installed by an installer. */
  z.object({ kind: z.literal('impossible') }),
  z.object({ kind: z.literal('unknown') }),
  z.object({ kind: z.literal('looking') }),
  z.object({ kind: z.literal('current') }),
  z.object({ kind: z.literal('available'), version: z.string() }),
  z.object({ kind: z.literal('fetching'), version: z.string(), percent: z.int().min(0).max(100) }),
  z.object({ kind: z.literal('ready'), version: z.string() }),
  z.object({ kind: z.literal('failed'), why: z.string() }),
])

export const shellState = shellChoices.extend({
  platform: z.string(),
  /** Of Colophon and of what it is built on, by name. */
  versions: z.record(z.string(), z.string()),
  /** Whether the receivers are closed because the user said so. */
  paused: z.boolean(),
  update: updateState,
})

/** The packages that are part of the app. `text` is the place of the licence's text among `texts`. */
export const licences = z.object({
  packages: z.array(
    z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.number().nullable() }),
  ),
  texts: z.array(z.string()),
})

/** Everything that the page may ask of the shell. */
export const shellCalls = {
  /** Asked whenever the page has opened; commands that came before are sent then. */
  state: procedure(none, shellState),
  choose: procedure(shellChoices.partial(), shellState),
  pause: procedure(z.object({ paused: z.boolean() }), shellState),
  /** Starts a step; its end is told by `changed`. */
  update: procedure(z.object({ step: z.enum(['look', 'fetch', 'install']) }), shellState),
  revealDataFolder: procedure(none, none),
  /** Shows a folder of this machine among its neighbours; opens and runs nothing. */
  revealFolder: procedure(z.object({ path: z.string().min(1).max(4096) }), none),
  revealLogs: procedure(none, none),
  licences: procedure(none, licences),
} as const

/** What the menu, the tray, a link or a notification tells the page to do. */
export type ShellCommand =
  | { readonly kind: 'go'; readonly place: string }
  | { readonly kind: 'cause'; readonly cause: Alert['cause'] }
  | { readonly kind: 'open'; readonly what: 'import' | 'palette' | 'keys' | 'about' }
  /** The view that is open knows what its own key does. */
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'notice'; readonly words: string }
  /** Looks for a newer version, where the user can see what comes of it. */
  | { readonly kind: 'update' }
  /** What `state` answers is not what it was. */
  | { readonly kind: 'changed' }

/** What the shell remembers from one start to the next. */
export const keptShell = z.object({
  closeToTray: z.boolean().nullable().catch(null),
  lookForUpdates: z.boolean().catch(false),
  place: pagePlace.nullable().catch(null),
  theme: settings.shape.theme.catch(defaultSettings.theme),
  window: z
    .object({ x: z.int(), y: z.int(), width: z.int(), height: z.int(), maximized: z.boolean() })
    .nullable()
    .catch(null),
})

export type ShellCall = keyof typeof shellCalls
export type ShellParams<N extends ShellCall> = z.input<(typeof shellCalls)[N]['params']>
export type ParsedShellParams<N extends ShellCall> = z.output<(typeof shellCalls)[N]['params']>
export type ShellValue<N extends ShellCall> = z.output<(typeof shellCalls)[N]['result']>
export type ShellState = z.infer<typeof shellState>
export type UpdateState = z.infer<typeof updateState>
export type Licences = z.infer<typeof licences>
export type KeptShell = z.infer<typeof keptShell>

export interface ShellBridge {
  invoke<N extends ShellCall>(name: N, params: ShellParams<N>): Promise<Result<ShellValue<N>>>
  /** Calls the listener on every command; the returned function stops that. */
  onCommand(listener: (command: ShellCommand) => void): () => void
}
