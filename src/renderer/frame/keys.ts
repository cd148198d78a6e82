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
      [['Space', 'Shift Space'], 'Mark one, and all up to one'],
      [['x'], 'Export those that are marked'],
      [['Shift F10'], 'What can be done with the session, as a menu'],
      [['Shift s', 'F2'], 'Star the session, name it; also in a session that is open'],
    ],
  },
  {
    title: 'A session',
    keys: [
      [['1', '2', '3', '4', '5', '6', '7'], 'Waterfall, findings, conversation, turns, logs, raw spans, receipts'],
      [['↑', '↓', 'Enter', 'Esc'], 'In logs and raw spans: move, show the details, leave them'],
      [['PgUp', 'PgDn'], 'In every list: by a page'],
      [['Home', 'End'], 'In every list: to the first, to the last'],
      [['x'], 'Export'],
      [['←', '→', 'Home', 'End', 'Enter'], 'On a line between panes: move it, to its ends, the usual width'],
    ],
  },
  {
    title: 'A conversation',
    keys: [
      [['↓', '↑', 'j', 'k'], 'Next entry, and the one before'],
      [['Enter'], 'Fold or unfold it'],
      [['w'], 'Its row in the waterfall'],
      [['c'], 'Copy it'],
      [['/', 'Ctrl f'], 'Find words'],
      [['n', 'Shift n'], 'Next and previous match'],
    ],
  },
  {
    title: 'Charts',
    keys: [
      [['←', '→'], 'Move from bar to bar'],
      [['↑', '↓'], 'Move between the series of a chart'],
      [['Shift ←', 'Shift →'], 'Choose a stretch of time'],
      [['Enter', 'Esc'], 'See what is behind it, and leave'],
    ],
  },
  {
    title: 'Explore, batches, Configure',
    keys: [
      [['↑', '↓', 'Enter', 'Esc'], 'In lists: move, show the details, leave them'],
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
      [['Enter', 'Esc'], 'Show the details, and leave them'],
      [['i'], 'Show what is about the session beside the rows, and close it'],
      [['f', 'u'], 'Unfold to raw spans, and back'],
      [['Shift f'], 'Unfold all rows to raw spans, and back'],
      [['e', 'Shift e'], 'Next and previous error, recovered ones as well'],
      [['/'], 'Search names, attributes, arguments, output'],
      [['n', 'Shift n'], 'Next and previous match'],
      [['m'], 'Matches only'],
    ],
  },
  {
    title: 'Waterfall: time',
    keys: [
      [['w', 's'], 'Zoom in and out, around the pointer or the row'],
      [['←', '→'], 'On an edge of the map above: move it'],
      [['a', 'd'], 'Move earlier and later'],
      [['Ctrl wheel'], 'Zoom to the pointer; a pinch as well'],
      [['Space drag'], 'Move; the middle button as well'],
      [['Drag'], 'Select a range and read its sums'],
      [['z', 'Enter'], 'Zoom to the selected range'],
      [['Backspace'], 'Back to what showed before'],
      [['Shift Backspace'], 'Forward again'],
      [['Double click', '0'], 'Show the work; again, all that the session reached over'],
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
    [['Ctrl +', 'Ctrl -', 'Ctrl 0'], 'Larger, smaller, usual size'],
    [['Ctrl r'], 'Load the page again'],
    [['Ctrl w', 'Ctrl q'], 'Close the window, quit'],
  ],
}
