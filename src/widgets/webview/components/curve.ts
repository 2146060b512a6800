import type { ComponentProps } from 'react';
import type { Line } from 'recharts';
import type { curveTypes } from '../../common/components/chart.ts';

type RechartsCurve = NonNullable<ComponentProps<typeof Line>['type']>;

/** ChatKit's curve names are recharts' own. */
export function curve(name: (typeof curveTypes)[number]): RechartsCurve {
  return name;
}
