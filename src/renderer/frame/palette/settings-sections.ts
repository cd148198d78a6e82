/** The sections of the settings: the words of their headings, and what one finds there. */
export const settingsSections: readonly { readonly title: string; readonly about: string }[] = [
  { title: 'Theme', about: 'Light, dark, or as the system' },
  { title: 'Receivers', about: 'Addresses, ports, token, TLS, allowed origins' },
  { title: 'Retention and storage', about: 'How long, how much, prune, compact, back up, rebuild facts, delete' },
  { title: 'Privacy', about: 'Leave out prompts, arguments, output; mask e-mail' },
  { title: 'Forwarding', about: 'Destinations to send on to' },
  { title: 'Prices', about: 'Your own model prices, updates of the list' },
  { title: 'Data folder', about: 'Where everything is stored' },
  { title: 'Sample session', about: 'Open or remove it' },
]

/** In the desktop app alone. */
export const desktopSection = {
  title: 'Desktop app',
  about: 'Tray, start at login, pause receiving, log, about',
} as const
