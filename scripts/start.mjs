import { ensureBuilt, ensureInstalled } from './ensure.mjs'
import { become, environment, isRoot, root, say } from './run.mjs'
import { ensureElectron, hasDisplay } from './runtimes.mjs'
import { serve } from './headless.mjs'

/** `npm start`: the app in its window, or the headless host where no window can open. */
const args = process.argv.slice(2)
ensureInstalled()
ensureBuilt()
const electron = hasDisplay ? ensureElectron() : null

if (electron === null) {
  const reason = hasDisplay ? 'Electron cannot be had here' : 'There is no display'
  say(`${reason}: serving the page to a browser instead.`)
  serve(args)
} else {
  if (isRoot) say("Running as root: Chromium's sandbox is switched off (--no-sandbox).")
  const env = environment()
  delete env.ELECTRON_RUN_AS_NODE
  become(electron, [...(isRoot ? ['--no-sandbox'] : []), root, ...args], { env, cwd: process.env.INIT_CWD ?? root })
}
