// Decoded blocks, the least recently used let go first, bounded by bytes. What is let go may still be on the screen: the
// browser frees it when the map has let go too.
interface Entry<T> {
  value: Promise<T>;
  bytes: number;
}

export class TileCache<T> {
  private readonly entries = new Map<string, Entry<T>>(); // in the order of last use
  private bytes = 0;

  constructor(private readonly limit: number) {}

  get(key: string, bytes: number, make: () => Promise<T>): Promise<T> {
    const known = this.entries.get(key);
    if (known) {
      this.entries.delete(key);
      this.entries.set(key, known);
      return known.value;
    }
    const entry: Entry<T> = { value: make(), bytes };
    entry.value.catch(() => this.drop(key, entry)); // a failure is not kept
    this.entries.set(key, entry);
    this.bytes += bytes;
    this.shrink();
    return entry.value;
  }

  get size(): number {
    return this.entries.size;
  }

  private drop(key: string, entry: Entry<T>): void {
    if (this.entries.get(key) !== entry) return;
    this.entries.delete(key);
    this.bytes -= entry.bytes;
  }

  private shrink(): void {
    for (const [key, entry] of this.entries) {
      if (this.bytes <= this.limit || this.entries.size === 1) return;
      this.drop(key, entry);
    }
  }
}
