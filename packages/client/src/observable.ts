/** A value that can be watched, in the shape that React's `useSyncExternalStore` takes. */
export interface Observable<T> {
  /** The value now: the same reference while nothing changed. */
  getSnapshot(): T;
  /** Calls the listener after every change; the returned function ends that. */
  subscribe(listener: () => void): () => void;
}
