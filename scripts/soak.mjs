import { ensureBuilt, ensureInstalled } from './ensure.mjs'
import { become, inProject, nodeCommand } from './run.mjs'

/** `npm run soak [-- MINUTES]`: mixed load for an hour, or as long as is said, and a picture of how the product bears it. */
ensureInstalled()
ensureBuilt()
const [command, ...args] = nodeCommand(inProject('test', 'soak', 'index.ts'), ...process.argv.slice(2))
become(command, args)
