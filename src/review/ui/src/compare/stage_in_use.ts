import { signal } from '@preact/signals';
import type { Stage } from './stage';

// The comparison on the page, for the keys; none while the map is shown.
export const stageInUse = signal<Stage | null>(null);
