/** Presses a key for the view that is open: it knows what its keys do, and a menu or the palette needs no other way to it. */
export function pressKey(key: string): void {
  const target = document.querySelector('main') ?? document.body
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
}
