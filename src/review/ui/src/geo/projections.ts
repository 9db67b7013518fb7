// Coordinate systems. The server names each by proj4 text; the usual ones are known without asking.
import proj4 from 'proj4';
import { register } from 'ol/proj/proj4';
import { get } from 'ol/proj';
import type Projection from 'ol/proj/Projection';

const gaussKrueger = (meridian: number, falseEasting: number) =>
  `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${falseEasting} +y_0=0 +ellps=GRS80 +units=m +no_defs +type=crs`;

const usual: Record<string, string> = {
  'EPSG:4490': '+proj=longlat +ellps=GRS80 +no_defs +type=crs',
  'EPSG:4526': gaussKrueger(114, 38_500_000),
  'EPSG:4527': gaussKrueger(117, 39_500_000),
  'EPSG:4528': gaussKrueger(120, 40_500_000),
  'EPSG:4547': gaussKrueger(114, 500_000),
  'EPSG:4548': gaussKrueger(117, 500_000),
  'EPSG:4549': gaussKrueger(120, 500_000),
  'EPSG:32649': '+proj=utm +zone=49 +datum=WGS84 +units=m +no_defs +type=crs',
  'EPSG:32650': '+proj=utm +zone=50 +datum=WGS84 +units=m +no_defs +type=crs',
  'EPSG:32651': '+proj=utm +zone=51 +datum=WGS84 +units=m +no_defs +type=crs',
};

for (const [code, text] of Object.entries(usual)) proj4.defs(code, text);
register(proj4);

// Several texts may come without an EPSG code; the same text gives the same code.
const named = new Map<string, string>();

// The code under which the rest of the page knows this system. Axes are east, north whatever the authority says.
export function projectionCode(epsg: number | null, text: string): string {
  const code = epsg === null ? '' : `EPSG:${epsg}`;
  if (code && get(code)) return code;
  if (!text) throw new Error(`coordinate system ${code || 'without code'} has no definition`);
  const plain = text.replace(/\s*\+axis=\S+/, '');
  const name = code || named.get(plain) || `ledger:${named.size + 1}`;
  if (!get(name)) {
    proj4.defs(name, plain);
    register(proj4);
  }
  if (!code) named.set(plain, name);
  return name;
}

export function projection(code: string): Projection {
  const known = get(code);
  if (!known) throw new Error(`coordinate system ${code} is not known`);
  return known;
}

export function transformPoint(point: readonly [number, number], from: string, to: string): [number, number] {
  if (from === to) return [point[0], point[1]];
  return proj4(from, to, [point[0], point[1]]) as [number, number];
}

export const degrees = 'EPSG:4490';

// The CGCS2000 3-degree grid with zone prefix in which an inspector's instrument works: the ledger's where it is
// one, else that of the longitude. Zones of 3 degrees: number n has its meridian at 3 n.
export function gridFor(ledgerCode: string, longitude: number): string {
  if (/^EPSG:45(13|1[4-9]|2\d|3[0-3]|34|3[5-9]|4\d|5[0-4])$/.test(ledgerCode)) return ledgerCode;
  const zone = Math.round(longitude / 3);
  const code = `EPSG:${4488 + zone}`; // 4513 is zone 25
  if (!get(code)) {
    proj4.defs(code, gaussKrueger(zone * 3, zone * 1_000_000 + 500_000));
    register(proj4);
  }
  return code;
}
