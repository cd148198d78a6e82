/** Up and down move between the rows' own buttons; everything else is left to the browser. */
export function moveByArrows(event: KeyboardEvent): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (by === 0 || !(event.currentTarget instanceof HTMLElement)) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')]
  const next = stops[stops.findIndex((stop) => stop === document.activeElement) + by]
  if (!next) return
  event.preventDefault()
  next.focus()
}
