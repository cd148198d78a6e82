import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { unpackBodies, type CapturedBody, type ListedBody } from '../../captures.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore } from '../engine/store-under-test.ts'

const folder = new URL('../../fixtures/findings/app-server/', import.meta.url)

/** A session that an editor drove over ten turns; what happened in it stands in the manifest. */
function bodies(): CapturedBody[] {
  const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as { bodies: ListedBody[] }
  return unpackBodies(folder, manifest.bodies)
}

test('what a session of the real app-server shows, each figure worked out from its records', async () => {
  await inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    try {
      store.replay(bodies())
      const id = store.db.prepare<[], string>('SELECT id FROM session').pluck().get() ?? ''
      const { findings, verdict, busyMs, context } = store.reader['session.findings']({ id })
      const by = new Map(findings.map((finding) => [finding.kind, finding]))
      expect([...by.keys()].sort()).toEqual([
        'approval-friction',
        'cache-break',
        'context-nearly-full',
        'reasoning-share',
        'repeated-failure',
        'repeated-read',
        'sandbox-rerun',
        'slow-command',
      ])
      /** Milliseconds of the calls that read so, but for the first `skip`. */
      const ms = (summary: string, expression: string, skip = 0): number =>
        store.db
          .prepare<object, number>(
            `SELECT ${expression} / 1e6 FROM tool_call LEFT JOIN decision USING (session_id, call_id)
             WHERE summary GLOB @summary ORDER BY span_start_ns LIMIT -1 OFFSET @skip`,
          )
          .pluck()
          .all({ summary, skip })
          .reduce((sum, one) => sum + one, 0)
      // The response that asked for a call goes on for some milliseconds, and goes before whatever waits or runs at the same time.
      const begun = `max(span_start_ns, (SELECT max(end_ns) FROM sampling
        WHERE sampling.session_id = tool_call.session_id AND sampling.start_ns <= span_start_ns))`
      const ran = '(span_end_ns - span_start_ns)'
      const waited = `(decision.at_ns - ${begun})`
      expect(by.get('approval-friction')).toMatchObject({
        subject: 'git commit',
        times: 3,
        confidence: 'exact',
        fix: { type: 'rule', prefix: ['git', 'commit', '--allow-empty', '-q', '-m'] },
      })
      expect(by.get('approval-friction')?.lostMs).toBeCloseTo(ms('git commit *', waited), 2)
      expect(by.get('repeated-read')?.lostMs).toBeCloseTo(ms('cat cart.mjs', ran, 1), 2)
      expect(by.get('slow-command')?.lostMs).toBeCloseTo(ms('timeout 2 sleep 9', ran), 2)
      expect(by.get('repeated-failure')).toMatchObject({ times: 3, subject: 'sleep 0.3; test -f missing.txt' })
      expect(by.get('repeated-failure')?.lostMs).toBeCloseTo(ms('sleep 0.3;*', ran, 1), 2)
      const outside = 'touch /home/dev/outside.txt'
      const first = ms(outside, ran) - ms(outside, ran, 1)
      expect(by.get('sandbox-rerun')?.lostMs).toBeCloseTo(first + ms(outside, waited, 1), 2)
      expect(by.get('sandbox-rerun')?.fix).toMatchObject({
        changes: [{ path: ['sandbox_workspace_write', 'writable_roots'], value: ['/home/dev'], adds: true }],
      })

      // The script said of these calls: 9,200 tokens in, 700 cached, after 7,100 and 7,000; 3,600 of 4,000 out were reasoning.
      const [price] = store.reader['session.receipts']({ id }).calls.flatMap(({ lines }) => [
        Object.fromEntries(lines.map(({ kind, perMillion }) => [kind, perMillion / 1e6])),
      ])
      const rate = (kind: string): number => price?.[kind] ?? NaN
      const again = Math.round((7000 / 7100) * 9200) - 700
      expect(by.get('cache-break')?.lostUsd).toBeCloseTo(again * (rate('input') - rate('cached')), 6)
      expect(by.get('reasoning-share')?.lostUsd).toBeCloseTo(3600 * rate('output'), 6)
      expect(context?.fills.at(-1)).toMatchObject({ tokens: 25_520, window: 30_000 })
      expect(by.get('context-nearly-full')?.title).toContain('filled 85 % of the context window of 30.0k tokens')

      expect(findings.reduce((sum, { lostMs }) => sum + lostMs, 0)).toBeLessThanOrEqual(busyMs)
      expect(verdict).toMatch(
        /^\d+ % of 1\d\.\d s busy time was waiting for you: 3 approvals of `git commit`\. Fixing 7 findings would have saved/,
      )
    } finally {
      store.close()
    }
  })
})
