import { ensureBuilt, ensureInstalled } from './ensure.mjs'
import { become, inProject, nodeCommand } from './run.mjs'

/**
 * Request bodies hang on small objects: in V8's usual nursery of 16 MB they wait so long for the collector that 60 MB more are
 * resident under load (measured after 500,000 spans: 245 MB against 182 MB, at the same rate).
 */
const nodeFlags = ['--max-semi-space-size=2']

/** The command line: `serve`, `export`, `import`, `configure`, `doctor`. */
export function colophon(args) {
  ensureInstalled()
  ensureBuilt()
  // Paths on the command line are the caller's, who may stand elsewhere: npm notes where.
  const cwd = process.env.INIT_CWD ?? process.cwd()
  const [command, ...rest] = nodeCommand(...nodeFlags, inProject('out', 'main', 'cli.js'), ...args)
  become(command, rest, { cwd })
}

/** Colophon without a window, its page served to a browser. */
export function serve(args) {
  colophon(['serve', ...args])
}
