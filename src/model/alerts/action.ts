import { z } from 'zod'

/**
 * What is said of an alert may hold a session's words: it goes to this machine, or over a connection that nobody can read. Without a name
 * and password in it, which a reader would take for the host.
 */
const privateUrl =
  /^(?:https:\/\/[^\s/?#@\\]{1,300}|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?)(?:[/?#]\S*)?$/i

/** What an alert does besides being told of in the app. */
export const action = z.discriminatedUnion('kind', [
  /** In the user's own shell, as they would type it. What the alert says comes beside it, and never becomes part of it. */
  z.strictObject({ kind: z.literal('command'), command: z.string().trim().min(1).max(4000) }),
  z.strictObject({
    kind: z.literal('post'),
    url: z.string().trim().max(2000).regex(privateUrl, 'takes https://…, or http:// to this machine'),
  }),
])

export type AlertAction = z.output<typeof action>
export type AlertActionKind = AlertAction['kind']
