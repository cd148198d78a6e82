/** Which of two versions is later, number by number (`0.169.0`, `0.170.0-alpha.2`): below 0 where the first is earlier. One with a word is before the one without. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [partsOf(a), partsOf(b)]
  for (let i = 0; i < Math.max(one.numbers.length, other.numbers.length); i++) {
    const difference = (one.numbers[i] ?? 0) - (other.numbers[i] ?? 0)
    if (difference !== 0) return difference
  }
  if (one.word === other.word) return 0
  if (one.word === '' || other.word === '') return one.word === '' ? 1 : -1
  return one.word.localeCompare(other.word, 'en', { numeric: true })
}

function partsOf(version: string): { readonly numbers: readonly number[]; readonly word: string } {
  const [numbers = '', ...words] = version.replace(/^v/, '').split('-')
  return { numbers: numbers.split('.').map((part) => Number.parseInt(part, 10) || 0), word: words.join('-') }
}
