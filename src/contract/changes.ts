/**
 * What may have changed. The push carries topics only, no data: whoever shows such data asks again.
 * At most four pushes a second.
 */
export const topics = ['sessions', 'status', 'settings', 'forwarding', 'alerts', 'team'] as const

export type Topic = (typeof topics)[number]

export interface Changed {
  readonly topics: readonly Topic[]
}
