/** Remembers the newest values by key; the oldest makes room. */
export class BoundedCache<Value extends object> {
  readonly #values = new Map<string, Value>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  /** The value of a key, made when it is not known. */
  get(key: string, make: () => Value): Value {
    const known = this.#values.get(key);
    if (known) return known;
    const value = make();
    const [oldest] = this.#values.keys();
    if (oldest !== undefined && this.#values.size >= this.#size) this.#values.delete(oldest);
    this.#values.set(key, value);
    return value;
  }
}
