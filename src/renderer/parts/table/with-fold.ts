/** The unfolded rows with one more, or one less. */
export function withFold(unfolded: ReadonlySet<string>, id: string, show: boolean): ReadonlySet<string> {
  const next = new Set(unfolded)
  if (show) next.add(id)
  else next.delete(id)
  return next
}
