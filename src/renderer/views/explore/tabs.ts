/** In the order in which they stand; the word is the tab's in a link. */
export const exploreTabs = [
  { id: 'errors', name: 'Errors' },
  { id: 'logs', name: 'Logs' },
  { id: 'spans', name: 'Spans' },
  { id: 'metrics', name: 'Metrics' },
  { id: 'figures', name: 'Figures' },
  { id: 'secrets', name: 'Secrets' },
  { id: 'sql', name: 'SQL' },
] as const

export type ExploreTab = (typeof exploreTabs)[number]['id']

export function tabOf(word: unknown): ExploreTab {
  return exploreTabs.find(({ id }) => id === word)?.id ?? 'errors'
}
