/** The sections of a dashboard, in their order. */
export const sections: readonly { readonly id: string; readonly title: string; readonly note: string }[] = [
  { id: 'now', title: 'Now', note: '' },
  { id: 'tokens', title: 'Tokens and cost', note: 'cost is an API-equivalent estimate, never a bill' },
  { id: 'activity', title: 'Activity', note: '' },
  { id: 'latency', title: 'Latency', note: '' },
  { id: 'reliability', title: 'Reliability', note: '' },
  { id: 'where', title: 'Who, where, what', note: '' },
]
