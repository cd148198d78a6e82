/** What can be taken out of a session before it is shared. Without a schema, so that whoever only names them starts at once. */
export const redactionKinds = ['prompts', 'arguments', 'output', 'paths', 'email', 'secrets'] as const

export type RedactionKind = (typeof redactionKinds)[number]
