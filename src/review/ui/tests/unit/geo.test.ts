import { describe, expect, it } from 'vitest';
import { caseExtent, fitResolution, shownExtent } from '../../src/geo/extent';
import { areaText, degreesText, gridText } from '../../src/geo/format';
import { paintPicture, paintScore, scoreColour } from '../../src/geo/paint';
import { degrees, gridFor, projectionCode, transformPoint } from '../../src/geo/projections';
import { TileCache } from '../../src/geo/tile_cache';

describe('coordinate systems', () => {
  it('agree with the check point of the CGCS2000 grid', () => {
    const [east, north] = transformPoint([116.34, 39.73], degrees, 'EPSG:4527');
    expect(north).toBeCloseTo(4399758.681, 2);
    expect(east).toBeCloseTo(39443418.473, 2);
    expect(transformPoint([116.34, 39.73], degrees, 'EPSG:4548')[0]).toBeCloseTo(443418.473, 2);
    const back = transformPoint([east, north], 'EPSG:4527', degrees);
    expect(back[0]).toBeCloseTo(116.34, 9);
    expect(back[1]).toBeCloseTo(39.73, 9);
  });
  it('scale by 0.9996 from the Gauss-Krueger to the UTM grid of the same meridian', () => {
    const gauss = transformPoint([116.34, 39.73], degrees, 'EPSG:4548');
    const utm = transformPoint([116.34, 39.73], degrees, 'EPSG:32650');
    expect((utm[0] - 500000) / (gauss[0] - 500000)).toBeCloseTo(0.9996, 6);
    expect(utm[1] / gauss[1]).toBeCloseTo(0.9996, 6);
  });
  it('take unknown ones from their text, and ignore the order of axes in it', () => {
    const text = '+proj=tmerc +lat_0=0 +lon_0=111 +k=1 +x_0=37500000 +y_0=0 +ellps=GRS80 +units=m +axis=neu';
    const code = projectionCode(null, text);
    expect(projectionCode(null, text)).toBe(code);
    expect(transformPoint([111, 0], degrees, code)).toEqual([37500000, 0]);
    expect(() => projectionCode(999999, '')).toThrow(/no definition/);
  });
  it('name the grid of the ledger, else that of the longitude', () => {
    expect(gridFor('EPSG:4548', 116.3)).toBe('EPSG:4548');
    expect(gridFor('EPSG:32650', 116.34)).toBe('EPSG:4527');
    expect(gridFor('EPSG:32650', 115.2)).toBe('EPSG:4526');
    expect(transformPoint([120, 30], degrees, gridFor('EPSG:32651', 120.2))[0]).toBeCloseTo(40500000, 3);
  });
});

describe('what is shown of a case', () => {
  it('is a square about it', () => {
    expect(caseExtent([0, 0, 200, 100], 3)).toEqual([-200, -250, 400, 350]);
  });
  it('has 160 m at least', () => {
    const [minX, , maxX] = caseExtent([10, 10, 12, 12]);
    expect(maxX - minX).toBeCloseTo(160, 6);
    expect((maxX + minX) / 2).toBe(11);
  });
  it('fits the window and fills it', () => {
    const extent = caseExtent([0, 0, 200, 100], 3);
    const resolution = fitResolution(extent, [1200, 600]);
    expect(resolution).toBe(1);
    expect(shownExtent(extent, resolution, [1200, 600])).toEqual([-500, -250, 700, 350]);
  });
});

it('writes places north first, areas in m² and hectares', () => {
  expect(gridText([39443418.473, 4399758.681])).toBe('N 4399758.7  E 39443418.5');
  expect(degreesText([116.34, 39.73])).toBe('39.730000°N  116.340000°E');
  expect(degreesText([-70.5, -33.25])).toBe('33.250000°S  70.500000°W');
  expect([areaText(960), areaText(5544.4), areaText(12345)]).toEqual(['960 m²', '5 544 m²', '1.23 ha']);
});

describe('painting', () => {
  const paint = (samples: number[], bands: number, nodata: number | null = null, mask: number[] | null = null) => {
    const out = new Uint8ClampedArray((samples.length / bands) * 4).fill(77);
    paintPicture(samples, bands, nodata, mask, out);
    return [...out];
  };
  it('leaves pixels as they are', () => {
    expect(paint([1, 2, 3, 4, 5, 6], 3)).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
    expect(paint([9], 1)).toEqual([9, 9, 9, 255]);
  });
  it('makes transparent what was not usable: alpha, nodata in all bands, mask', () => {
    expect(paint([1, 2, 3, 0], 4)).toEqual([1, 2, 3, 0]);
    expect(paint([0, 0, 0, 0, 0, 1], 3, 0)).toEqual([0, 0, 0, 0, 0, 0, 1, 255]);
    expect(paint([1, 2, 3, 4, 5, 6], 3, null, [0, 1])).toEqual([1, 2, 3, 0, 4, 5, 6, 255]);
  });
  it('shows no score where there was none to have, or little', () => {
    const out = new Uint8ClampedArray(12);
    paintScore([255, 100, 230], out);
    expect([out[3], out[7]]).toEqual([0, 0]);
    expect([...out.slice(8)]).toEqual(scoreColour(230));
    expect(scoreColour(230)).toEqual([255, 0, 200, 255]);
  });
});

describe('the cache of blocks', () => {
  it('makes each once, and lets the least recently used go', async () => {
    const made: string[] = [];
    const cache = new TileCache<string>(300);
    const get = (key: string) => cache.get(key, 100, () => {
      made.push(key);
      return Promise.resolve(key);
    });
    for (const key of ['a', 'b', 'c', 'a', 'd', 'a', 'b']) await get(key);
    expect(made).toEqual(['a', 'b', 'c', 'd', 'b']);
    expect(cache.size).toBe(3);
  });
  it('forgets what failed', async () => {
    const cache = new TileCache<string>(300);
    await expect(cache.get('a', 100, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.get('a', 100, () => Promise.resolve('yes'))).toBe('yes');
  });
});
