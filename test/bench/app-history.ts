import type { Db } from '../../src/engine/store/database.ts'

/** Model calls of applications other than Codex over the same days, and half as many agents and tools. */
export const appCalls = 200_000

const models = ['gpt-5.5', 'claude-sonnet-4-5', 'gemini-2.5-pro', 'gpt-4o']
const services = ['shop', 'search', 'claude-code', 'gemini-cli', 'support', 'ranker']
const perTrace = 20

/** Their facts alone, as settling would leave them: panels read no more. */
export function makeAppHistory(db: Db, endMs: number, days: number, random: (below: number) => number): void {
  const call = db.prepare<unknown[]>(
    `INSERT INTO genai_call (start_ns, trace_id, span_id, duration_ns, status, input_tokens, cached_tokens, output_tokens, reasoning_tokens,
       model, service, language, cost_usd, environment, version, provider, operation, finish_reasons, session_id, ids, records, user)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 'python', ?, ?, ?, 'openai', 'chat', ?, ?, '[]', '[]', ?)`,
  )
  const step = db.prepare<unknown[]>(
    `INSERT INTO genai_step (start_ns, trace_id, span_id, duration_ns, kind, name, status, service, language, environment, version, session_id, records)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'python', ?, ?, ?, '[]')`,
  )
  const oneOf = (of: readonly string[]): string => of[random(of.length)] ?? ''
  const stateOf = (): string => (random(30) === 0 ? 'failed' : 'completed')
  const duration = (): bigint => BigInt(random(20_000)) * 1_000_000n
  db.transaction(() => {
    for (let trace = 0; trace < appCalls / perTrace; trace++) {
      const id = trace.toString(16).padStart(32, '0')
      const startNs = BigInt(endMs - random(days * 86_400) * 1000) * 1_000_000n
      const [service, environment, version] = [oneOf(services), oneOf(['prod', 'staging']), `1.${random(8)}`]
      const [model, user] = [oneOf(models), `user${random(20)}`]
      for (let i = 0; i < perTrace; i++) {
        const atNs = startNs + BigInt(i) * 20_000_000_000n
        const place = [atNs, id, i.toString(16).padStart(16, '0'), duration()]
        const state = stateOf()
        const reasons = state === 'failed' ? null : oneOf(['["stop"]', '["tool_calls"]'])
        const tokens = [random(20_000), random(100), random(2000)]
        const cost = random(100) / 1000
        call.run(...place, state, ...tokens, model, service, cost, environment, version, reasons, id, user)
        if (i % 2 === 1) continue
        const [kind, name] = [i % 4 === 0 ? 'agent' : 'tool', `name${random(8)}`]
        step.run(
          atNs,
          id,
          `f${String(i).padStart(15, '0')}`,
          duration(),
          kind,
          name,
          stateOf(),
          service,
          environment,
          version,
          id,
        )
      }
    }
  })()
}
