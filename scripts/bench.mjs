import { ensureBuilt, ensureInstalled } from './ensure.mjs'
import { become, inProject, nodeBinary, run } from './run.mjs'
import { ensureElectron, ensureVirtualDisplay, hasDisplay } from './runtimes.mjs'

/** `npm run bench -- …`: measures the product on this machine. */
ensureInstalled()
ensureBuilt()
// The desktop app is measured as it is installed.
if (process.platform === 'linux' && ensureElectron() !== null)
  run(nodeBinary, [inProject('scripts', 'dist.mjs'), '--dir'])
const xvfb = hasDisplay ? null : ensureVirtualDisplay()
const bench = [nodeBinary, inProject('test', 'bench', 'index.ts'), ...process.argv.slice(2)]
const [command, ...args] = xvfb === null ? bench : [xvfb, '-a', ...bench]
become(command, args)
