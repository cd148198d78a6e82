import type { Engine } from '../engine/engine.ts'
import type { PageCommands } from './page-commands.ts'

/** Says what the check after an unclean stop has found, where it has found something. */
export function tellOfDamage({ integrity }: Pick<Engine, 'integrity'>, commands: PageCommands): void {
  void integrity.then((found) => {
    if (found.kind === 'sound') console.error('colophon: the last stop was not clean; the database is sound')
    if (found.kind !== 'damaged') return
    console.error(`colophon: the database is damaged: ${found.problems.join('; ')}`)
    commands.send({
      kind: 'notice',
      words:
        'Colophon did not stop cleanly last time, and its database is damaged: some sessions may be missing or wrong. ' +
        'Receiving goes on. Export what you need, keep a copy of the data folder, and start with an empty one; the log lists what was found.',
    })
  })
}
