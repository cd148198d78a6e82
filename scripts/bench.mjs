import { ensureBuilt, ensureInstalled } from './ensure.mjs'
import { become, inProject, nodeBinary } from './run.mjs'

/** `npm run bench -- …`: measures the product on this machine. */
ensureInstalled()
ensureBuilt()
become(nodeBinary, [inProject('test', 'bench', 'index.ts'), ...process.argv.slice(2)])
