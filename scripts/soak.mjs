import { ensureBuilt, ensureInstalled } from './ensure.mjs'
import { become, environment, inProject, nodeCommand } from './run.mjs'
import { ensureChromium, naming } from './runtimes.mjs'

/** `npm run soak [-- MINUTES]`: mixed load for an hour, or as long as is said, and a picture of how the product bears it. */
ensureInstalled()
ensureBuilt()
const [command, ...args] = nodeCommand(inProject('test', 'soak', 'index.ts'), ...process.argv.slice(2))
become(command, args, { env: environment(naming(ensureChromium())) })
