import type { ReceiverAddresses } from '../../../model/config/one-click.ts'
import type { FileSystem } from '../file-system.ts'

/** What is looked at, and where this machine receives. */
export interface Examination {
  readonly path: string
  readonly project: string | undefined
  readonly receivers: ReceiverAddresses
  readonly systemDir: string
  readonly fs: FileSystem
  readonly environment: NodeJS.ProcessEnv
  /** Which Colophon this is, as its receivers say it. */
  readonly instance: string
  /** Destinations beyond this machine are asked, too. */
  readonly askOthers: boolean
}
