/** A channel between the worker and the pages of this extension; other origins cannot join. */
export function openChannel(name: string): BroadcastChannel {
  return new BroadcastChannel(name)
}
