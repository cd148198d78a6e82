/** The sections of the settings, by the words of their headings. */
export const settingsSections: readonly string[] = [
  'Theme',
  'Desktop app',
  'Data folder',
  'Sample session',
  'Forwarding',
  'Prices',
  'Rebuild facts',
]
