import { z } from 'zod'

/** Of so many spans the events can be asked for at once: more than a view has lines. */
export const spansAtOnce = 100
/** Of one span so many events come, the first ones; `left` says how many more it has. */
export const eventsOfOne = 200

const spanRef = z.object({
  traceId: z.string().regex(/^[0-9a-f]{32}$/i),
  spanId: z.string().regex(/^[0-9a-f]{16}$/i),
})

export const spanEventsParams = z.object({ spans: z.array(spanRef).max(spansAtOnce) })

/** In the order that was asked for, without spans that are not stored any more. */
export const spanEventsResult = z.object({
  spans: z.array(
    spanRef.extend({
      events: z.array(z.object({ name: z.string(), timeMs: z.number() })),
      left: z.number().int().nonnegative(),
    }),
  ),
})
