/** A question that a user can pick in the client, worded so that a model asks the right tools. */
export interface Prompt {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly text: string
}
