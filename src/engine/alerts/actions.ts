import type { Alert } from '../../contract/alerts.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { AlertAction } from '../../model/alerts/action.ts'
import type { Rule } from '../../model/alerts/rule.ts'
import { postAlert } from './post.ts'
import { runCommand } from './run-command.ts'
import type { Told } from './told.ts'

export interface AlertActions {
  /** Does what the rules of these alerts say, one after the other; never throws. */
  fired(alerts: readonly Alert[]): Promise<void>
  /** Does it once, with an alert that says that it is a test. Rejects with a ProcedureError. */
  test(action: AlertAction): Promise<void>
}

/** `failed`: why the action of a rule did not work, null when it worked. */
export function alertActions(
  rules: () => Promise<readonly Rule[]>,
  failed: (rule: string, why: string | null) => void,
): AlertActions {
  let last: Promise<void> = Promise.resolve()

  async function act(alert: Alert): Promise<void> {
    const rule = (await rules()).find(({ id }) => id === alert.ruleId)
    if (rule?.action === undefined) return
    try {
      await perform(rule.action, toldOf(alert))
      failed(rule.id, null)
    } catch (error) {
      failed(rule.id, error instanceof Error ? error.message : String(error))
    }
  }

  return {
    fired(alerts) {
      for (const alert of alerts) last = last.then(() => act(alert)).catch(() => undefined)
      return last
    },
    test: (action) =>
      perform(action, trial()).catch((error: unknown) => {
        throw new ProcedureError('unavailable', error instanceof Error ? error.message : String(error))
      }),
  }
}

function perform(action: AlertAction, told: Told): Promise<void> {
  return action.kind === 'command' ? runCommand(action.command, told) : postAlert(action.url, told)
}

function toldOf({ ruleId, watched, words, value, startedMs, cause }: Alert): Told {
  const startedAt = new Date(startedMs).toISOString()
  return { rule: ruleId, kind: watched.kind, words, value, startedAt, sessionId: cause.sessionId, test: false }
}

function trial(): Told {
  const words = 'A test of what Colophon does when an alert fires'
  return {
    rule: 'test',
    kind: 'test',
    words,
    value: 0,
    startedAt: new Date().toISOString(),
    sessionId: null,
    test: true,
  }
}
