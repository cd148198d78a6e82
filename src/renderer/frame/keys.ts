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

/** Keys of what stands behind a dialog or menu rest, also where nothing in the dialog has the focus: what had it may be gone. */
export function isInDialog({ target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false
  return (
    target.closest('[role=dialog], [role=menu]') !== null ||
    (target === document.body && document.querySelector('[role=dialog]') !== null)
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
      [['Ctrl k'], 'Go to a view, session, panel, setting or action (⌘ k on macOS)'],
      [['Ctrl Shift f'], 'Search everything (⌘ Shift f on macOS)'],
      [['t'], 'Theme: system, light, dark'],
      [['?'], 'This list'],
      [['Esc'], 'Close a dialog, empty a search'],
    ],
  },
  {
    title: 'Sessions',
    keys: [
      [['/'], 'Search'],
      [['↑', '↓'], 'Move between sessions'],
      [['←', '→'], 'Hide or show the helpers of a session'],
      [['Enter'], 'Open'],
      [['Space', 'Shift Space'], 'Mark a session, or all up to it'],
      [['x'], 'Export the marked sessions'],
      [['Shift F10'], 'Open the session’s menu'],
      [['Shift s', 'F2'], 'Star or name the session; also in an open session'],
    ],
  },
  {
    title: 'A session',
    keys: [
      [['1', '2', '3', '4', '5', '6', '7'], 'Waterfall, findings, conversation, turns, logs, raw spans, receipts'],
      [['↑', '↓', 'Enter', 'Esc'], 'In logs and raw spans: move, show details, close them'],
      [['PgUp', 'PgDn'], 'In any list: one page up or down'],
      [['Home', 'End'], 'In any list: to the first or last row'],
      [['x'], 'Export'],
      [['←', '→', 'Home', 'End', 'Enter'], 'On a divider: move it, to either end, back to its default'],
    ],
  },
  {
    title: 'A conversation',
    keys: [
      [['↓', '↑', 'j', 'k'], 'Next and previous entry'],
      [['Enter'], 'Fold or unfold it'],
      [['w'], 'Show its row in the waterfall'],
      [['c'], 'Copy the entry'],
      [['/', 'Ctrl f'], 'Find in the conversation'],
      [['n', 'Shift n'], 'Next and previous match'],
    ],
  },
  {
    title: 'Charts',
    keys: [
      [['←', '→'], 'Move from bar to bar'],
      [['↑', '↓'], 'Move between the series of a chart'],
      [['Shift ←', 'Shift →'], 'Select a range of time'],
      [['Enter', 'Esc'], 'Show what is behind it; leave the chart'],
    ],
  },
  {
    title: 'Explore, batches, Configure',
    keys: [
      [['↑', '↓', 'Enter', 'Esc'], 'In lists: move, show details, close them'],
      [['Ctrl Enter'], 'Run the SQL statement'],
      [['→', '←'], 'Show and hide the sessions of a batch'],
      [['Ctrl s'], 'Review the change to config.toml'],
    ],
  },
  {
    title: 'Waterfall: rows',
    keys: [
      [['↑', '↓'], 'Move between rows'],
      [['←', '→'], 'Fold, unfold, to the parent, to the first child'],
      [['Home', 'End'], 'First and last row'],
      [['Enter', 'Esc'], 'Show the details, and close them'],
      [['i'], 'Show or hide “About this session”'],
      [['f', 'u'], 'Unfold to raw spans, and back'],
      [['Shift f'], 'Unfold all rows to raw spans, and back'],
      [['e', 'Shift e'], 'Next and previous error, including recovered ones'],
      [['/'], 'Search names, attributes, arguments, output'],
      [['n', 'Shift n'], 'Next and previous match'],
      [['m'], 'Matches only'],
    ],
  },
  {
    title: 'Waterfall: time',
    keys: [
      [['w', 's'], 'Zoom in and out, around the pointer or the row'],
      [['←', '→'], 'On an edge of the overview map: move it'],
      [['a', 'd'], 'Move earlier and later'],
      [['Ctrl wheel'], 'Zoom at the pointer; so does a pinch'],
      [['Space drag'], 'Pan; so does the middle button'],
      [['Drag'], 'Select a range and read its sums'],
      [['z', 'Enter'], 'Zoom to the selected range'],
      [['Backspace'], 'Back to the previous range'],
      [['Shift Backspace'], 'Forward again'],
      [['Double click', '0'], 'Fit the work; again: the whole session'],
      [['c'], 'Critical path'],
      [['g'], 'Squeeze idle gaps'],
    ],
  },
]

/** What the menu of the desktop app has besides. */
export const desktopKeys: KeyGroup = {
  title: 'The desktop app (⌘ instead of Ctrl on macOS)',
  keys: [
    [['Ctrl 1', '…', 'Ctrl 7'], 'Overview, sessions, explore, batches, GenAI apps, configure, health'],
    [['Ctrl ,'], 'Settings'],
    [['Ctrl o'], 'Import files'],
    [['Ctrl e'], 'Export what is open or marked'],
    [['Ctrl f'], 'Find in this view'],
    [['Ctrl +', 'Ctrl -', 'Ctrl 0'], 'Larger, smaller, actual size'],
    [['Ctrl r'], 'Reload the page'],
    [['Ctrl w', 'Ctrl q'], 'Close the window, quit'],
  ],
}
