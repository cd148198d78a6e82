import type { ForwardLane } from '../../../contract/forwarding.ts'
import { bytes, compact, counted, exact } from '../../format/number.ts'
import { ago, exactTime } from '../../format/time.ts'
import type { Column, Tone } from '../../parts/table/column.ts'
import { lag, stateWords } from '../settings/forwarding/lane-words.ts'

const tones: Readonly<Partial<Record<ForwardLane['state'], Tone>>> = { failing: 'bad', waiting: 'warn', off: 'faint' }

export const forwardingColumns = (nowMs: number): readonly Column<ForwardLane>[] => [
  {
    ...{ id: 'name', name: 'Destination', width: 'minmax(100px, 1fr)', names: true },
    text: ({ name }) => name,
    tone: () => 'strong',
  },
  { id: 'signal', name: 'Signal', width: 'max-content', text: ({ signal }) => signal },
  {
    ...{ id: 'state', name: 'State', width: 'max-content' },
    text: ({ state }) => stateWords[state],
    tone: ({ state }) => tones[state],
  },
  { id: 'lag', name: 'Behind', width: 'max-content', text: (lane) => lag(lane, nowMs) },
  {
    ...{ id: 'queued', name: 'Queued', width: 'max-content', numeric: true },
    text: ({ queuedBytes }) => bytes(queuedBytes),
    tip: ({ queuedRequests }) => counted(queuedRequests, 'request'),
  },
  {
    ...{ id: 'sent', name: 'Sent', width: 'max-content', numeric: true },
    text: ({ sent }) => compact(sent),
    tip: ({ sent, sentRequests }) => `${exact(sent)} in ${counted(sentRequests, 'request')}`,
  },
  {
    ...{ id: 'refused', name: 'Refused', width: 'max-content', numeric: true },
    title: 'records that the endpoint refused for good',
    text: ({ refused }) => exact(refused),
    tone: ({ refused }) => (refused > 0 ? 'bad' : undefined),
  },
  {
    ...{ id: 'dropped', name: 'Dropped', width: 'max-content', numeric: true },
    title: 'records that were never sent: over the bound, or switched off',
    text: ({ dropped }) => exact(dropped),
    tone: ({ dropped }) => (dropped > 0 ? 'bad' : undefined),
  },
  {
    ...{ id: 'last', name: 'Last sent', width: 'max-content', numeric: true },
    text: ({ lastSentMs }) => (lastSentMs === null ? 'never' : ago(lastSentMs, nowMs)),
    tip: ({ lastSentMs }) => (lastSentMs === null ? undefined : exactTime(lastSentMs)),
  },
]
