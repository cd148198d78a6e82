import { ensureBuilt, ensureInstalled } from './ensure.mjs'
import { become, environment, inProject, nodeCommand, runNode } from './run.mjs'
import { ensureChromium, ensureElectron, ensureVirtualDisplay, hasDisplay, naming } from './runtimes.mjs'

/** `npm run bench -- …`: measures the product on this machine. */
ensureInstalled()
ensureBuilt()
// The desktop app is measured as it is installed.
if (process.platform === 'linux' && ensureElectron() !== null) runNode([inProject('scripts', 'dist.mjs'), '--dir'])
const display = hasDisplay ? [] : (ensureVirtualDisplay() ?? [])
const [command, ...args] = [
  ...display,
  ...nodeCommand(inProject('test', 'bench', 'index.ts'), ...process.argv.slice(2)),
]
become(command, args, { env: environment(naming(ensureChromium())) })
