// Samples of a COG's block to RGBA.
export type Samples = ArrayLike<number>;

// RGB or grey, interleaved as the file has it. Not usable (alpha 0, mask 0, all bands at nodata) becomes transparent.
export function paintPicture(samples: Samples, bands: number, nodata: number | null, mask: Samples | null,
                             out: Uint8ClampedArray): void {
  const pixels = out.length / 4;
  const colours = bands >= 3 ? 3 : 1;
  for (let i = 0; i < pixels; ++i) {
    const at = i * bands;
    const r = samples[at]!;
    const g = colours === 3 ? samples[at + 1]! : r;
    const b = colours === 3 ? samples[at + 2]! : r;
    let alpha = bands === 4 || bands === 2 ? samples[at + bands - 1]! : 255;
    if (nodata !== null && r === nodata && g === nodata && b === nodata) alpha = 0;
    if (mask !== null && mask[i] === 0) alpha = 0;
    out[i * 4] = r;
    out[i * 4 + 1] = g;
    out[i * 4 + 2] = b;
    out[i * 4 + 3] = alpha;
  }
}

const scoreScale = 250; // byte / 250 = score
const notObservable = 255;
const faint = 0.5; // false-alarm probability 0.01: below, every hundredth pixel of unchanged ground would show

// Score bytes: yellow to magenta, colours that ground does not have; what was not observable is left to the picture.
export function paintScore(samples: Samples, out: Uint8ClampedArray): void {
  const pixels = out.length / 4;
  for (let i = 0; i < pixels; ++i) {
    const [r, g, b, a] = scoreColours[samples[i]!]!;
    out[i * 4] = r;
    out[i * 4 + 1] = g;
    out[i * 4 + 2] = b;
    out[i * 4 + 3] = a;
  }
}

export function scoreColour(byte: number): [number, number, number, number] {
  const score = byte / scoreScale;
  if (byte === notObservable || score < faint) return [0, 0, 0, 0];
  const t = Math.min(1, (score - faint) / (0.9 - faint));
  return [255, Math.round(230 * (1 - t)), Math.round(200 * t), Math.round(110 + 145 * t)];
}
const scoreColours = Array.from({ length: 256 }, (_, byte) => scoreColour(byte));
