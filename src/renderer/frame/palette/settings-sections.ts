/** The sections of the settings, by the words of their headings. */
export const settingsSections: readonly string[] = [
  'Theme',
  'Data folder',
  'Sample session',
  'Forwarding',
  'Rebuild facts',
]
