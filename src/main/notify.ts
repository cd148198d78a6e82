import { Notification } from 'electron'
import type { Alert } from '../contract/alerts.ts'
import type { Engine } from '../engine/engine.ts'
import { visible } from '../contract/visible.ts'

/** Shows each alert as a notification of the system; a click on it leads to its cause. */
export function notifyOfAlerts(engine: Pick<Engine, 'onAlert'>, openCause: (cause: Alert['cause']) => void): void {
  // Held, because the listener of a collected notification is never called.
  const shown = new Set<Notification>()
  engine.onAlert(({ words, cause }) => {
    if (!Notification.isSupported()) return
    const notification = new Notification({ title: 'Colophon', body: visible(words) })
    shown.add(notification)
    notification.on('click', () => {
      openCause(cause)
    })
    notification.on('close', () => shown.delete(notification))
    notification.show()
  })
}
