import { acceptanceRate } from './codex/acceptance-rate.ts'
import { apiCallDuration } from './codex/api-call-duration.ts'
import { apiErrorRateByModel, apiErrorRateByStatus } from './codex/api-error-rate.ts'
import { apiErrors } from './codex/api-errors.ts'
import { apiSuccessRate } from './codex/api-success-rate.ts'
import { batches } from './codex/batches.ts'
import { biggestContributors } from './codex/biggest-contributors.ts'
import { burnRateByModel } from './codex/burn-rate-by-model.ts'
import { burnRate } from './codex/burn-rate.ts'
import { cacheRateOverTime } from './codex/cache-rate-over-time.ts'
import { cacheRate } from './codex/cache-rate.ts'
import { callsOverTime } from './codex/calls-over-time.ts'
import { commandDuration } from './codex/command-duration.ts'
import { conversationsOverTime } from './codex/conversations-over-time.ts'
import { costOfWork } from './codex/cost-of-work.ts'
import { costOverTime } from './codex/cost-over-time.ts'
import { costTotal } from './codex/cost-total.ts'
import { mcpCalls } from './codex/mcp-calls.ts'
import { mcpServers } from './codex/mcp-servers.ts'
import { modelDistribution } from './codex/model-distribution.ts'
import { reasoningEffort } from './codex/reasoning-effort.ts'
import { requestsPerUser } from './codex/requests-per-user.ts'
import { retries } from './codex/retries.ts'
import { sessionDurationByModel } from './codex/session-duration-by-model.ts'
import { sessionDuration } from './codex/session-duration.ts'
import { sessionsAndCalls } from './codex/sessions-and-calls.ts'
import { shellSnapshot } from './codex/shell-snapshot.ts'
import { sources } from './codex/sources.ts'
import { startupPrewarm } from './codex/startup-prewarm.ts'
import { terminalTypes } from './codex/terminal-types.ts'
import { tokensByModel } from './codex/tokens-by-model.ts'
import { tokensCached } from './codex/tokens-cached.ts'
import { tokensOverTimeByModel } from './codex/tokens-over-time-by-model.ts'
import { tokensOverTime } from './codex/tokens-over-time.ts'
import { tokensTotal } from './codex/tokens-total.ts'
import { toolActivityOverTime } from './codex/tool-activity-over-time.ts'
import { toolCallsTotal } from './codex/tool-calls-total.ts'
import { toolSuccessOverTime } from './codex/tool-success-over-time.ts'
import { toolSuccessRate } from './codex/tool-success-rate.ts'
import { toolTypes } from './codex/tool-types.ts'
import { ttfm } from './codex/ttfm.ts'
import { ttft } from './codex/ttft.ts'
import { turnDuration } from './codex/turn-duration.ts'
import { userDecisions } from './codex/user-decisions.ts'
import { waitShare } from './codex/wait-share.ts'
import { websocketRequests } from './codex/websocket-requests.ts'
import { websocketTotal } from './codex/websocket-total.ts'
import { wsEventDuration } from './codex/ws-event-duration.ts'
import { agents } from './genai/agents.ts'
import { errorRate } from './genai/error-rate.ts'
import { finishReasons } from './genai/finish-reasons.ts'
import { genaiCacheRateOverTime } from './genai/genai-cache-rate-over-time.ts'
import { genaiCacheRate } from './genai/genai-cache-rate.ts'
import { genaiModelDistribution } from './genai/genai-model-distribution.ts'
import { genaiTokensByModel } from './genai/genai-tokens-by-model.ts'
import { genaiTokensOverTime } from './genai/genai-tokens-over-time.ts'
import { genaiTokensTotal } from './genai/genai-tokens-total.ts'
import { logs } from './genai/logs.ts'
import { providers } from './genai/providers.ts'
import { recentErrors } from './genai/recent-errors.ts'
import { requestDuration } from './genai/request-duration.ts'
import { requestsOverTime } from './genai/requests-over-time.ts'
import { services } from './genai/services.ts'
import type { Panel } from './panel.ts'

/** Every panel, section by section, in the order in which its section shows them at first: rows of twelve columns. */
export const panels: readonly Panel[] = [
  ...[tokensTotal, tokensCached, cacheRate, costTotal],
  ...[sessionsAndCalls, toolCallsTotal, websocketTotal, burnRate],
  ...[tokensOverTime, costOverTime, tokensOverTimeByModel, tokensByModel, cacheRateOverTime],
  ...[costOfWork, burnRateByModel, reasoningEffort],
  ...[conversationsOverTime, callsOverTime, toolActivityOverTime, toolTypes, userDecisions, acceptanceRate],
  ...[
    waitShare,
    sessionDuration,
    turnDuration,
    ttft,
    ttfm,
    apiCallDuration,
    commandDuration,
    wsEventDuration,
    biggestContributors,
    startupPrewarm,
    shellSnapshot,
    sessionDurationByModel,
    mcpServers,
  ],
  ...[apiSuccessRate, retries, apiErrors, apiErrorRateByModel, apiErrorRateByStatus],
  ...[toolSuccessRate, mcpCalls, websocketRequests, toolSuccessOverTime],
  ...[terminalTypes, modelDistribution, requestsPerUser, sources, batches],
  ...[genaiTokensTotal, genaiCacheRate, errorRate],
  ...[genaiTokensOverTime, genaiCacheRateOverTime, genaiTokensByModel, genaiModelDistribution, providers],
  ...[requestsOverTime, services, agents, finishReasons],
  ...[requestDuration],
  ...[recentErrors],
  ...[logs],
]
