import type { CapturedBody } from '../../../captures.ts'
import { inTemporaryFolder, withEngine } from '../../engine/engine-under-test.ts'
import { claudeCode, geminiCli, shop, support } from '../../engine/genai-apps.ts'
import { sdkApp } from '../../engine/sdk-app.ts'
import { storedBodies } from '../../engine/stored-bodies.ts'

/** What OpenTelemetry's SDK sends for three applications, as an engine received it. */
export function sdkBodies(): Promise<readonly CapturedBody[]> {
  return inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      const shopApp = sdkApp(engine, 'HTTP', shop)
      support(shopApp, 'conv-1')
      support(shopApp, null, 61_000)
      const claude = sdkApp(engine, 'gRPC', { 'service.name': 'claude-code', 'service.version': '2.1.0' })
      claudeCode(claude)
      const gemini = sdkApp(engine, 'HTTP', { 'service.name': 'gemini-cli' })
      geminiCli(gemini)
      for (const app of [shopApp, claude, gemini]) await app.close()
      await engine.settled()
      return storedBodies(dataDir)
    }),
  )
}
