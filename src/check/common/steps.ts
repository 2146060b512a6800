import type { RuleSeverity } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';

interface Step {
  readonly title: string;
  readonly severity: RuleSeverity;
}

/** The steps of a connection, in the order in which they are checked, as rules of the report: what fails is the title. */
export const connectionSteps = {
  NET101: { title: 'Host name cannot be resolved', severity: 'error' },
  NET102: { title: 'Port accepts no connection', severity: 'error' },
  NET103: { title: 'TLS certificate is not trusted', severity: 'error' },
  NET104: { title: 'Proxy does not forward requests', severity: 'error' },
  NET105: { title: 'Server refuses the credentials', severity: 'error' },
} as const satisfies Readonly<Record<string, Step>>;

export type ConnectionStep = keyof typeof connectionSteps;

/** Title of the area of the connection steps in a report. */
export const connectionArea = 'Connection';
