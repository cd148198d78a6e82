import { refDebounced } from '@vueuse/core'
import { computed } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { RouteLocationRaw } from 'vue-router'
import { useAction } from '../../data/use-action.ts'
import { useQuery } from '../../data/use-query.ts'
import { sessionName, shortFolder } from '../../../model/session/name.ts'
import { useImport } from '../../views/exchange/use-import.ts'
import { routeNames } from '../../router-names.ts'
import { useDialogs } from '../dialogs.ts'
import { pressKey } from '../press-key.ts'
import { shell, useShell } from '../shell.ts'
import { useTheme } from '../theme.ts'
import { views } from './entries.ts'
import type { Entry } from './entries.ts'
import { heading, reveal } from './reveal.ts'
import { desktopSection, settingsSections } from './settings-sections.ts'

const mostSessions = 12

/** Everything that the palette can lead to now; sessions are looked for by the store, among all that it has. */
export function useEntries(query: Ref<string>): ComputedRef<readonly Entry[]> {
  const router = useRouter()
  const go = (to: RouteLocationRaw, then?: () => HTMLElement | null): void => {
    void router.push(to).then(() => then && reveal(then))
  }
  const asked = refDebounced(query, 120)
  const { data: sessions, answered } = useQuery('session.list', () => ({
    apps: 'all' as const,
    limit: mostSessions,
    helpers: asked.value.trim() !== '',
    ...(asked.value.trim() === '' ? {} : { search: asked.value.trim() }),
  }))
  const { data: panels } = useQuery('panel.list', {})
  const everything = (words: string): Entry => ({
    id: 'search everything',
    group: 'Search',
    title: `Search everything for “${words}”`,
    foundFor: words.toLowerCase(),
    run: () => go({ name: routeNames.search, query: { q: words } }),
  })
  const actions = useActions(go)

  return computed(() => [
    ...views.map(({ title, to }) => ({ id: `view ${title}`, group: 'Views' as const, title, run: () => go(to) })),
    ...actions.value,
    ...(asked.value.trim() === '' ? [] : [everything(asked.value.trim())]),
    ...(sessions.value?.sessions ?? []).map((session) => ({
      id: `session ${session.id}`,
      group: 'Sessions' as const,
      title: sessionName(session),
      // Those of the words before stay until these are answered.
      foundFor: answered.value?.search?.toLowerCase() ?? '',
      note: [session.folder ? shortFolder(session.folder) : null, session.model, session.id]
        .filter((part) => part !== null)
        .join(' · '),
      run: () => go({ name: routeNames.session, params: { id: session.id } }),
    })),
    ...(panels.value?.panels ?? []).map(({ id, title, meaning, dashboard }) => ({
      id: `panel ${id}`,
      group: 'Panels' as const,
      title,
      note: dashboard === 'genai' ? `GenAI apps: ${meaning}` : meaning,
      run: () =>
        go({ name: dashboard === 'genai' ? routeNames.genai : routeNames.overview }, () =>
          // What keeps the room of one that is not made yet would lose the focus to it.
          document.querySelector<HTMLElement>(`.panel[data-panel="${id}"]`),
        ),
    })),
    ...[...settingsSections, ...(shell ? [desktopSection] : [])].map(({ title, about }) => ({
      id: `setting ${title}`,
      group: 'Settings' as const,
      title,
      note: about,
      run: () => go({ name: routeNames.settings }, () => heading(title)),
    })),
  ])
}

function useActions(go: (to: RouteLocationRaw) => void): ComputedRef<readonly Entry[]> {
  const route = useRoute()
  const imports = useImport()
  const dialogs = useDialogs()
  const desktop = useShell()
  const { theme, set } = useTheme()
  const sample = useAction('sample.open')

  async function openSample(): Promise<void> {
    const opened = await sample.run({})
    if (opened) go({ name: routeNames.session, params: { id: opened.sessionId } })
  }
  const action = (title: string, run: () => void, keys?: readonly string[]): Entry => ({
    id: `action ${title}`,
    group: 'Actions',
    title,
    run,
    ...(keys ? { keys } : {}),
  })
  return computed(() => {
    const inSession = route.name === routeNames.session
    const paused = desktop.state?.paused
    return [
      ...(inSession ? [action('Export this session', () => pressKey('x'), ['x'])] : []),
      ...(inSession || route.name === routeNames.sessions
        ? [action('Find in this view', () => pressKey('/'), ['/'])]
        : []),
      action('Import files…', () => (imports.open = true)),
      action('Open the sample session', () => void openSample()),
      ...(['light', 'dark', 'system'] as const)
        .filter((one) => one !== theme.value)
        .map((one) => action(one === 'system' ? 'Theme: as the system' : `Theme: ${one}`, () => set(one), ['t'])),
      action('All keys', () => (dialogs.open = 'keys'), ['?']),
      ...(shell && desktop.state
        ? [
            action(paused ? 'Resume receiving' : 'Pause receiving', () => void desktop.pause(!paused)),
            action('Show data folder', () => void shell?.invoke('revealDataFolder', {})),
            action('Show log', () => void shell?.invoke('revealLogs', {})),
          ]
        : []),
      action('About Colophon', () => (dialogs.open = 'about')),
    ]
  })
}
