import { ensureBuilt, ensureInstalled } from './ensure.mjs'
import { become, inProject, nodeBinary } from './run.mjs'

/** The command line: `serve`, `export`, `import`, `configure`, `doctor`. */
export function colophon(args) {
  ensureInstalled()
  ensureBuilt()
  // Paths on the command line are the caller's, who may stand elsewhere: npm notes where.
  const cwd = process.env.INIT_CWD ?? process.cwd()
  become(nodeBinary, [inProject('out', 'main', 'cli.js'), ...args], { cwd })
}

/** Colophon without a window, its page served to a browser. */
export function serve(args) {
  colophon(['serve', ...args])
}
