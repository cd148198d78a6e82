import { dirname } from 'node:path'
import type { ConfigRequest, Finding } from '../../../contract/config.ts'
import type { ReceiverAddresses } from '../../../model/config/one-click.ts'
import { ProcedureError } from '../../../contract/result.ts'
import type { ConfigFile } from '../config-file.ts'
import { planRequest } from '../plan.ts'

/** A finding without the parts that most do not have. */
export function finding(said: Pick<Finding, 'code' | 'severity' | 'message' | 'advice'> & Partial<Finding>): Finding {
  return { key: null, file: null, line: null, fix: null, ...said }
}

/** What would mend it, as a plan; null where that cannot be planned (the file does not parse, nothing listens). */
export function fixBy(
  file: ConfigFile,
  receivers: ReceiverAddresses,
  request: Partial<Pick<ConfigRequest, 'protocol' | 'only' | 'changes'>>,
): Finding['fix'] {
  const whole: ConfigRequest = {
    codexHome: dirname(file.path),
    withoutDeltas: false,
    agentServer: false,
    changes: [],
    ...request,
  }
  try {
    const { diff } = planRequest(file, whole, receivers).told
    return diff === '' ? null : { request: whole, diff }
  } catch (error) {
    if (error instanceof ProcedureError) return null
    throw error
  }
}
