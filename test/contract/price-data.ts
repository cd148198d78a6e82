/** The least that price data can be. */
export const priceData = [
  {
    id: 'openai',
    name: 'OpenAI',
    api_pattern: 'https://api\\.openai\\.com',
    models: [{ id: 'gpt-5', match: { equals: 'gpt-5' }, prices: { input_mtok: 1, output_mtok: 2 } }],
  },
]
