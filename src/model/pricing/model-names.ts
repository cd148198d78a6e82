/** What gateways and clouds put before and behind a model's name; none of it changes the price. */
const variants = /(?::(?:nitro|online|floor|exacto|extended|thinking|beta)|\[1m\])$/
const dates = /(?:@(?:\d{8}|default|latest)|-\d{8}|-\d{4}-\d{2}-\d{2})$/
/** Amazon Bedrock's: a region or `global`, the maker, a revision. */
const cloudRegion = /^(?:us|eu|apac|ap|jp|au|ca|sa|us-gov|global)\./
const cloudMaker = /^(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai|qwen)\./
const cloudRevision = /-v\d+(?::\d+){0,2}$/

/** No model is called longer: what a sender puts there may be of any length, and each `/` in it would be a name to look for. */
export const longestModelName = 300

/**
 * The names that a model may have in a price list, as it was sent first: without the route to it (`openrouter/anthropic/…`,
 * `publishers/google/models/…`), its cloud's region and revision, its variant and its date. A tuned model has a price of its own.
 */
export function modelNames(sent: string): readonly string[] {
  const names = [sent]
  const add = (name: string): string => {
    if (name !== '' && !names.includes(name)) names.push(name)
    return name
  }
  if (sent.length > longestModelName || /^ft:|:ft[:-]|\/ft:/.test(sent)) return names
  if (sent.startsWith('arn:')) {
    // A profile of one's own says nothing of the model behind it.
    const known = /:(?:foundation-model|inference-profile)\/(.+)$/.exec(sent)?.[1]
    return known === undefined ? names : [sent, ...modelNames(known)]
  }
  const plain = add(sent.trim().replace(variants, ''))
  const parts = plain.split('/')
  for (let i = 1; i < parts.length; i++) add(parts.slice(i).join('/'))
  // Pydantic AI's and LangChain's maker; what Ollama has behind a colon is a size, and no name.
  const last = add((parts.at(-1) ?? plain).replace(/^[a-z][\w-]*:(?=[a-z])/i, ''))
  const cloudless = add(last.replace(cloudRegion, '').replace(cloudMaker, '').replace(cloudRevision, ''))
  const dateless = add(cloudless.replace(dates, ''))
  // Anthropic's own names have no dots, OpenRouter's have.
  for (const name of [cloudless, dateless]) if (name.startsWith('claude')) add(name.replaceAll('.', '-'))
  return names
}
