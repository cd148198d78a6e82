import { among, appFilters } from './origins.ts'

/** Single things of applications that are not Codex, for lists; panels of figures read `app_call_sums` and `agent_sums`. */
export const appSources: Readonly<Record<string, string>> = {
  app_calls: `app_calls AS (
  SELECT start_ns / 1000000 AS at_ms, (duration_ns + 500000) / 1000000 AS duration_ms, *
  FROM genai_call
  WHERE start_ns >= :fromNs AND start_ns < :toNs${among("coalesce(model, '')", 'models')}${appFilters}
)`,
  app_steps: `app_steps AS (
  SELECT start_ns / 1000000 AS at_ms, (duration_ns + 500000) / 1000000 AS duration_ms, *
  FROM genai_step
  WHERE start_ns >= :fromNs AND start_ns < :toNs${among("''", 'models')}${appFilters}
)`,
  app_logs: `app_logs AS (
  SELECT log.id, time_ns, client.service
  FROM client CROSS JOIN body ON body.client = client.id AND body.signal = 2
    CROSS JOIN log ON log.body = body.id AND time_ns >= :fromNs AND time_ns < :toNs
  WHERE client.codex = 0${among('service', 'services')}${among('client.version', 'versions')}
    AND (:sessions IS NULL OR log.conversation IN (SELECT key FROM conversation WHERE id IN (SELECT value FROM json_each(:sessions))))
)`,
}
