import type { RuleSeverity } from '../../chatkit/common/protocolProblems/catalogue/rule.ts';

interface Step {
  readonly title: string;
  readonly severity: RuleSeverity;
}

/** The steps of a connection, in the order in which they are checked, as rules of the report. */
export const connectionSteps = {
  NET101: { title: 'The host name is resolved', severity: 'error' },
  NET102: { title: 'The port accepts connections', severity: 'error' },
  NET103: { title: 'The TLS certificate is trusted', severity: 'error' },
  NET104: { title: 'The proxy forwards requests', severity: 'error' },
  NET105: { title: 'The server accepts the credentials', severity: 'error' },
} as const satisfies Readonly<Record<string, Step>>;

export type ConnectionStep = keyof typeof connectionSteps;

/** Title of the area of the connection steps in a report. */
export const connectionArea = 'Connection';
