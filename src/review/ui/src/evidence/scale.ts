// Days along an axis, evenly in time.
export function timeScale(dates: readonly string[], width: number, margin: number): (date: string) => number {
  const days = dates.map((date) => Date.parse(date));
  const first = Math.min(...days);
  const span = Math.max(...days) - first;
  return (date) => (span > 0 ? margin + ((Date.parse(date) - first) / span) * (width - 2 * margin) : width / 2);
}

// Which labels can stand without touching: the last always, then every one far enough from those that stand.
export function spacedLabels(positions: readonly number[], least: number): boolean[] {
  const stands = positions.map(() => false);
  let free = Infinity;
  for (let i = positions.length - 1; i >= 0; --i) {
    if (free - positions[i]! < least) continue;
    stands[i] = true;
    free = positions[i]!;
  }
  return stands;
}
