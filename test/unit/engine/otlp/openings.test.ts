import { expect, test } from 'vitest'
import { genAiOpenings } from '../../../../src/engine/otlp/wire/spans.ts'
import { embeddedUsage, namesOf, usageFamilies } from '../../../../src/model/genai/producers/index.ts'

const fields = ['operation', 'requestModel', 'requestText', 'responseModel', 'conversation'] as const
const counts = ['prompt_tokens', 'completionTokens', 'input_tokens', 'outputTokens', 'total_tokens']

test.each([...fields.flatMap(namesOf), ...usageFamilies.filter((name) => name !== ''), ...embeddedUsage, ...counts])(
  'a span with %s is looked at',
  (name) => {
    expect(genAiOpenings.some((opening) => name.startsWith(opening.toString()))).toBe(true)
  },
)
