// Cases of the district that scenes.py draws; any number of them, many on the same ground when there are more than sites.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import proj4 from 'proj4';
import type { CaseDetail, Look, Observation, PlotFeature, PolygonGeometry, Severity, Sighting, Tier, View } from '../src/api/types';
import { rules, statuses, units } from './names';
import { seeded } from './random';

export const gaussKrueger = '+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=39500000 +y_0=0 +ellps=GRS80 +units=m +no_defs +type=crs';
const utm = '+proj=utm +zone=50 +datum=WGS84 +units=m +no_defs +type=crs';
export const today = '2026-11-23';

interface DistrictFile {
  plots: number[][][];
  sites: { plot: number; ring: number[][]; starts: number; kind: number }[];
  scans: { id: string; before: string; after: string; epsg: number }[];
  cloudy: string;
}

export interface District {
  cases: CaseDetail[];
  plots: { properties: PlotFeature; geometry: PolygonGeometry }[];
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}
export function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function bboxOf(ring: number[][]): [number, number, number, number] {
  const xs = ring.map((p) => p[0]!);
  const ys = ring.map((p) => p[1]!);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function moved(ring: number[][], dx: number, dy: number): number[][] {
  return ring.map(([x, y]) => [x! + dx, y! + dy]);
}

function viewsOf(file: DistrictFile, starts: number): View[] {
  return file.scans.flatMap((scan, index) => (['before', 'after'] as const).map((side) => ({
    date: scan[side], scene: `S2-${scan[side]}`, scan_id: scan.id, side,
    image: `/api/scans/${scan.id}/files/${side}.tif`, score: `/api/scans/${scan.id}/files/score.tif`,
    crs_epsg: scan.epsg, proj4: scan.epsg === 32650 ? utm : gaussKrueger,
    clear_share: scan[side] === file.cloudy ? 0.4 : 1,
    seen: side === 'after' ? index + 1 >= starts && scan.after !== file.cloudy : null,
  })));
}

function observationsOf(file: DistrictFile, starts: number): Observation[] {
  return file.scans.map((scan, index) => {
    const blind = scan.after === file.cloudy || scan.before === file.cloudy;
    const built = index + 1 >= starts ? Math.min(0.5, 0.15 * (index + 2 - starts)) : 0.02;
    const was = index >= starts ? Math.min(0.5, 0.15 * (index + 1 - starts)) : 0.02;
    const green = [0.3, 0.55, 0.85, 0.8, 0.55, 0.3];
    const shares = (date: number, share: number) => [0, green[date]! * (1 - share), (1 - green[date]!) * (1 - share), share, 0];
    return {
      after_date: scan.after, observable: !blind, cause: blind ? 'cloud or cloud shadow' : '', cause_zh: blind ? '云或云影遮挡' : '',
      clear_share: blind ? 0.4 : 0.98, before_cover: shares(index, was) as Observation['before_cover'],
      after_cover: shares(index + 1, built) as Observation['after_cover'],
    };
  });
}

export function makeDistrict(folder: string, count: number): District {
  const file = JSON.parse(readFileSync(join(folder, 'district.json'), 'utf8')) as DistrictFile;
  const random = seeded(7);
  const plots = file.plots.map((ring, index) => ({
    properties: {
      code: `DX-${String(index + 1).padStart(3, '0')}`, name: `示例地块 ${index + 1}`, status: statuses[index % statuses.length]!.code,
      unit: units[index % units.length]!, last_clear: '2026-10-28', days_since_clear: index % 13 === 5 ? 75 : 26,
    },
    geometry: { type: 'Polygon' as const, coordinates: [ring] },
  }));
  const cases: CaseDetail[] = [];
  for (let index = 0; index < count; ++index) {
    const site = file.sites[index % file.sites.length]!;
    const again = Math.floor(index / file.sites.length);
    const plot = plots[site.plot]!;
    const ring = again === 0 ? site.ring : moved(site.ring, (random() - 0.5) * 8, (random() - 0.5) * 8);
    const rule = rules[(site.kind + index) % rules.length]!;
    const scan = file.scans[site.starts - 1]!;
    const bbox = bboxOf(ring);
    const lonlat = proj4(gaussKrueger, 'EPSG:4326', [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2]) as [number, number];
    const geometry: PolygonGeometry = { type: 'Polygon', coordinates: [ring] };
    const area = (bbox[2] - bbox[0]) * (bbox[3] - bbox[1]);
    const score = 0.62 + 0.33 * random();
    const confidence = Math.round(score * (0.6 + 0.4 * random()) * 1000) / 1000;
    const deadline = addDays(today, Math.floor(random() * 50) - 9);
    const seen = file.scans.filter((s, i) => i + 1 >= site.starts && s.after !== file.cloudy);
    const tiers: Tier[] = ['first_seen', 'confirmed', 'confirmed', 'established'];
    const sightings: Sighting[] = seen.map((s, i) => ({
      id: `${s.id}/c${index}`, scan_id: s.id, before_date: s.before, after_date: s.after, geometry, area_m2: area * (1 - 0.1 * (seen.length - 1 - i)),
      mean_score: Math.max(0.4, score - 0.04 * i), registration_residual_px: 0.12 + 0.7 * random() * (index % 7 === 3 ? 1 : 0.25), registration_applied: index % 5 !== 2,
      suppressed: false, chip: null,
    }));
    const looks: Look[] = file.scans.map((s, i) => ({
      before_date: s.before, after_date: s.after, scan_id: s.id, seen: i + 1 >= site.starts && s.after !== file.cloudy, clear_share: s.after === file.cloudy ? 0.4 : 1,
    }));
    const id = `${plot.properties.code}-${scan.after.replace(/-/g, '')}-${again + 1}`;
    cases.push({
      id, plot_code: plot.properties.code, plot_name: plot.properties.name, plot_status: plot.properties.status, unit: plot.properties.unit,
      tier: tiers[Math.min(3, seen.length)]!, open: true, severity: rule.severity as Severity, rule_id: rule.id, reason: rule.reason, reason_zh: rule.reason_zh,
      transition: ['vegetation->built', 'vegetation->bare', 'other change'][site.kind]!, transition_zh: ['植被 → 建筑', '植被 → 裸地', '其他变化'][site.kind]!,
      area_m2: area, mean_score: score, confidence, first_seen: scan.after, last_seen: seen[seen.length - 1]?.after ?? scan.after,
      last_clear_before: scan.before, deadline, days_left: daysFrom(today, deadline), judgement: 'none', judged_by: '', second_person: false, assigned_to: '',
      lonlat, bbox, sequence: index + 1, geometry,
      plot: { code: plot.properties.code, name: plot.properties.name, status: plot.properties.status, unit: plot.properties.unit, geometry: plot.geometry },
      rule: { id: rule.id, reason: rule.reason, reason_zh: rule.reason_zh, basis: rule.basis, verified: rule.verified, permit: '' },
      evidence: { ndvi_before: 0.61 - 0.1 * random(), ndvi_after: 0.14 + 0.1 * random(), ndbi_before: -0.22, ndbi_after: 0.18, bsi_before: -0.1, bsi_after: 0.24, plot_share: 0.12 + 0.2 * random() },
      sightings, looks, observations: observationsOf(file, site.starts), views: viewsOf(file, site.starts),
      events: [{ sequence: index + 1, at: `${scan.after}T21:05:00Z`, actor: 'nightly', kind: 'case_opened', payload: {} }], photos: [], parents: [], merged_into: null,
    });
  }
  return { cases, plots };
}
