import { app, dialog } from 'electron'
import type { Engine } from '../engine/engine.ts'

/** Says that nothing can be stored any more, and why; the user starts Colophon again, or ends it. */
export function tellOfFailure({ failed }: Pick<Engine, 'failed'>): void {
  void failed.then(async (why) => {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: 'Colophon cannot store what arrives',
      detail: `Why: ${why}. The log in the data folder, under “logs”, has more.`,
      buttons: ['Start Colophon again', 'Quit'],
      defaultId: 0,
      noLink: true,
    })
    if (response === 0) app.relaunch()
    app.quit()
  })
}
