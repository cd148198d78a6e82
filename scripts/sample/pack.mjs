// Packs captured OTLP request bodies into resources/sample, the session that the app opens when there is none of one's own:
//
//   node_modules/node/bin/node scripts/sample/pack.mjs FOLDER
//
// and then `session-files.mjs` beside it for what the sample's conversation is read from.
//
// FOLDER holds the protobuf bodies as they were received, `<number>-<traces|logs>.pb` in the order of their arrival.
//
// How the bundled session was captured: the real Codex CLI 0.169.0 ran in a terminal, in the folder /home/dev/shop, against
// a scripted model on loopback (`gpt-5.5` by name). Prompts and approvals were typed as a user types them; waits, commands,
// tests, the refused request (429), the helper and the commit took place and took the time they show; the model's words and
// token counts are the script's. Hostname and folder were neutral during the run: the bodies are stored as Codex sent them.
// Settings: multi_agent_v2 on, daemon_auto_start off; [otel] with log_sse_deltas off, prompts and answers on, metrics "none".
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { requestType } from '../../src/engine/otlp/schema.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('usage: pack.mjs FOLDER')

const target = new URL('../../resources/sample/', import.meta.url)
const captured = readdirSync(folder)
  .flatMap((file) => {
    const [, number, signal] = /^(\d+)-(traces|logs)\.pb$/.exec(file) ?? []
    return number === undefined ? [] : [{ number, signal, bytes: readFileSync(join(folder, file)) }]
  })
  .sort((a, b) => Number(a.number) - Number(b.number))

const sessions = [...new Set(captured.filter(({ signal }) => signal === 'logs').flatMap(({ bytes }) => started(bytes)))]
if (sessions.length === 0) throw new Error(`no session starts in the logs of ${folder}`)

rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
const bodies = captured.map(({ number, signal, bytes }) => {
  const file = `${number}-${signal}.pb.gz`
  writeFileSync(new URL(file, target), gzipSync(bytes, { level: 9 }))
  return { file, signal }
})
// The user's session starts first: its helpers and the thread that finds its title come of it.
const manifest = { open: sessions[0], sessions, bodies }
writeFileSync(new URL('manifest.json', target), `${JSON.stringify(manifest, null, 2)}\n`)

/** The sessions that a body of logs says have started. */
function started(bytes) {
  const { resourceLogs } = requestType('logs').decode(bytes)
  const records = resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords))
  return records.flatMap(({ attributes }) => {
    const text = (name) => attributes.find(({ key }) => key === name)?.value?.stringValue
    return text('event.name') === 'codex.conversation_starts' ? [text('conversation.id')] : []
  })
}
