import type { Configuring } from './config/index.ts'
import { laterHandlers } from './later-handlers.ts'

/** Everything that reads and writes in Codex's folder. Editing TOML takes as long to load as receiving over gRPC. */
export const configuringHandlers = (configuring: Configuring) =>
  laterHandlers(
    [
      'config.read',
      'config.homes',
      'config.draft',
      'config.plan',
      'config.apply',
      'config.undo',
      'config.doctor',
      'fix.plan',
      'fix.apply',
      'fix.undo',
      'fix.list',
    ],
    async () => {
      const [{ configHandlers }, { fixHandlers }] = await Promise.all([
        import('./config/index.ts'),
        import('./config/fixes/index.ts'),
      ])
      return { ...configHandlers(configuring), ...fixHandlers(configuring) }
    },
  )
