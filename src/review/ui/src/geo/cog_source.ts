// A COG as a source of map layers, pixels as they are: no smoothing.
import ImageTile from 'ol/source/ImageTile';
import { cog, type Look } from './cog';
import { projection, projectionCode } from './projections';

const sources = new Map<string, Promise<ImageTile>>();

export function cogSource(url: string, look: Look, epsg: number | null, proj4: string): Promise<ImageTile> {
  const known = sources.get(url);
  if (known) return known;
  const task = cog(url, look).then(
    (file) => new ImageTile({
      loader: (z, x, y) => file.tile(z, x, y),
      tileGrid: file.grid,
      projection: projection(projectionCode(epsg, proj4)),
      interpolate: false,
      transition: 0,
      wrapX: false,
    }),
  );
  task.catch(() => sources.delete(url));
  sources.set(url, task);
  return task;
}
