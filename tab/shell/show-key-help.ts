const eventName = 'bigroom-keys';

/** Opens the list of keys, from anywhere. */
export function showKeyHelp(): void {
  window.dispatchEvent(new Event(eventName));
}

export function onShowKeyHelp(show: () => void): () => void {
  window.addEventListener(eventName, show);
  return () => window.removeEventListener(eventName, show);
}
