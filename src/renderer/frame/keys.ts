/** Single letters are commands only where nobody is writing. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target.matches('input:not([type=checkbox], [type=radio])')
  )
}

export interface KeyGroup {
  readonly title: string
  readonly keys: readonly (readonly [keys: readonly string[], does: string])[]
}

/** Every key, for the dialog that `?` opens. */
export const keyGroups: readonly KeyGroup[] = [
  {
    title: 'Anywhere',
    keys: [
      [['t'], 'Theme: system, light, dark'],
      [['?'], 'This list'],
    ],
  },
  {
    title: 'Sessions',
    keys: [
      [['/'], 'Search'],
      [['↑', '↓'], 'Move between sessions'],
      [['←', '→'], 'Hide or show the helpers of a session'],
      [['Enter'], 'Open'],
    ],
  },
  {
    title: 'Waterfall: rows',
    keys: [
      [['↑', '↓'], 'Move between rows'],
      [['←', '→'], 'Fold, unfold, to the parent, to the first child'],
      [['Home', 'End'], 'First and last row'],
      [['Enter', 'Esc'], 'Show the details, and leave them'],
      [['u', 'f'], 'Unfold to raw spans, and back'],
      [['e', 'Shift e'], 'Next and previous error'],
    ],
  },
  {
    title: 'Waterfall: time',
    keys: [
      [['w', 's'], 'Zoom in and out'],
      [['a', 'd'], 'Move earlier and later'],
      [['Ctrl wheel'], 'Zoom to the pointer'],
      [['Drag'], 'Move'],
      [['Double click', '0'], 'Show all of it'],
    ],
  },
]
