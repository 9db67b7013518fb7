// Median, nine tenths and most of some figures.
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

export function line(name: string, values: readonly number[]): string {
  const shown = [0.5, 0.9, 1].map((share) => Math.round(quantile(values, share)));
  return `${name.padEnd(44)} median ${String(shown[0]).padStart(5)}   90 % ${String(shown[1]).padStart(5)}   most ${String(shown[2]).padStart(5)}   (${values.length})`;
}
