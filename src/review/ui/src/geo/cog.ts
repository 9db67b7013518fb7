// A cloud-optimised GeoTIFF on the server: its levels, and its blocks as pictures, each fetched and decoded once.
import { fromUrl, type GeoTIFF, type GeoTIFFImage } from 'geotiff';
import TileGrid from 'ol/tilegrid/TileGrid';
import type { Extent } from './extent';
import { paintPicture, paintScore } from './paint';
import { TileCache } from './tile_cache';
import './zstd_decoder';

export type Look = 'picture' | 'score';

interface Level {
  image: GeoTIFFImage;
  mask: GeoTIFFImage | null;
}

function subfileType(image: GeoTIFFImage): number {
  return Number(image.fileDirectory.getValue('NewSubfileType') ?? 0);
}

const cache = new TileCache<ImageBitmap>(160 * 2 ** 20);

export class Cog {
  private constructor(
    readonly url: string,
    readonly look: Look,
    private readonly levels: Level[], // coarse to fine, as the grid's
    readonly grid: TileGrid,
  ) {}

  static async open(url: string, look: Look): Promise<Cog> {
    const file = await fromUrl(url, { blockSize: 65_536, cacheSize: 64 } as never);
    const levels = await readLevels(file);
    return new Cog(url, look, levels, gridOf(levels));
  }

  // The block as a picture; `z` counts from the coarsest level. Outside the file: fully transparent.
  tile(z: number, x: number, y: number): Promise<ImageBitmap> {
    const level = this.levels[z]!.image;
    const bytes = level.getTileWidth() * level.getTileHeight() * 4;
    return cache.get(`${this.url} ${z} ${x} ${y}`, bytes, () => this.decode(z, x, y));
  }

  // Fetches and decodes what a window at this resolution shows, so that it is there when it is asked for.
  async warm(extent: Extent, resolution: number): Promise<void> {
    const z = this.grid.getZForResolution(resolution);
    const tasks: Promise<unknown>[] = [];
    this.grid.forEachTileCoord(extent, z, ([, x, y]) => {
      if (this.has(z, x!, y!)) tasks.push(this.tile(z, x!, y!));
    });
    await Promise.all(tasks);
  }

  has(z: number, x: number, y: number): boolean {
    const level = this.levels[z]?.image;
    return level !== undefined && x >= 0 && y >= 0 && x * level.getTileWidth() < level.getWidth() &&
      y * level.getTileHeight() < level.getHeight();
  }

  private async decode(z: number, x: number, y: number): Promise<ImageBitmap> {
    const { image, mask } = this.levels[z]!;
    const [width, height] = [image.getTileWidth(), image.getTileHeight()];
    const out = new ImageData(width, height);
    if (this.has(z, x, y)) {
      const window = [x * width, y * height, (x + 1) * width, (y + 1) * height];
      const [samples, masked] = await Promise.all([read(image, window), mask ? read(mask, window) : null]);
      const bands = image.getSamplesPerPixel();
      if (this.look === 'score') paintScore(samples, out.data);
      else paintPicture(samples, bands, image.getGDALNoData(), masked, out.data);
      blankOutside(out, image.getWidth() - x * width, image.getHeight() - y * height);
    }
    return createImageBitmap(out);
  }
}

async function read(image: GeoTIFFImage, window: number[]): Promise<ArrayLike<number>> {
  // A window that reaches over the edge is filled up by the reader.
  return (await image.readRasters({ window, interleave: true })) as unknown as ArrayLike<number>;
}

// Blocks at the right and lower edges reach beyond the image.
function blankOutside(picture: ImageData, width: number, height: number): void {
  for (let row = 0; row < picture.height; ++row) {
    const from = row < height ? Math.min(width, picture.width) : 0;
    picture.data.fill(0, (row * picture.width + from) * 4, (row + 1) * picture.width * 4);
  }
}

async function readLevels(file: GeoTIFF): Promise<Level[]> {
  const images: GeoTIFFImage[] = [];
  for (let i = 0, n = await file.getImageCount(); i < n; ++i) images.push(await file.getImage(i));
  const isMask = (image: GeoTIFFImage) => (subfileType(image) & 4) !== 0;
  const masks = images.filter(isMask);
  return images
    .filter((image) => !isMask(image))
    .map((image) => ({ image, mask: masks.find((mask) => mask.getWidth() === image.getWidth()) ?? null }))
    .sort((a, b) => a.image.getWidth() - b.image.getWidth());
}

function gridOf(levels: Level[]): TileGrid {
  const full = levels[levels.length - 1]!.image;
  const [left, bottom, right, top] = full.getBoundingBox() as Extent;
  return new TileGrid({
    extent: [left, bottom, right, top],
    origin: [left, top],
    resolutions: levels.map(({ image }) => (right - left) / image.getWidth()),
    tileSizes: levels.map(({ image }) => [image.getTileWidth(), image.getTileHeight()]),
  });
}

const open = new Map<string, Promise<Cog>>();

// One per file; a file that could not be opened is tried again the next time.
export function cog(url: string, look: Look): Promise<Cog> {
  const known = open.get(url);
  if (known) return known;
  const task = Cog.open(url, look).catch((error: unknown) => {
    open.delete(url);
    throw error;
  });
  open.set(url, task);
  return task;
}
