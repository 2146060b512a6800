import * as l10n from '@vscode/l10n';
import { isSourceError, toSourceError, type SourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadSource } from '../../../chatkit/common/threadSource.ts';
import { withoutIcons } from '../../../base/vscode/messages/inertText.ts';
import { serverMessage, presentError, type PresentedError } from '../../../chatkit/vscode/present.ts';
import { askChoice, askToWait } from '../../../base/vscode/quickInput.ts';
import { back, type StepResult, type StepView } from '../../../base/vscode/steps.ts';
import type { ConnectionServices } from '../connectionServices.ts';
import { enteredProvider, toConnection, type Draft } from './draft.ts';

/** Sends the smallest request that needs credentials: one thread. Throws the errors of the source. */
export async function readOneThread(source: ThreadSource, signal: AbortSignal): Promise<void> {
  await source.listThreads({ limit: 1, order: 'desc' }, signal);
}

/**
 * The test failed and the user wants to enter other credentials. `reason` is empty when the user cancelled the test.
 */
interface Rejected {
  readonly reason: string;
}

export function isRejected(result: Draft | Rejected | undefined): result is Rejected {
  return result !== undefined && 'reason' in result;
}

/**
 * Tests a draft with the entered credentials. When the test fails, shows the reason and lets the user select: test
 * again, enter other credentials, or save anyway. Returns the draft to continue with, or undefined when the user
 * cancels.
 */
export async function checkDraft(
  services: ConnectionServices,
  draft: Draft,
  view: StepView,
): Promise<Draft | Rejected | undefined> {
  if (draft.saveAnyway || (draft.entered.from === 'later' && draft.kind === 'openai')) return draft;
  const { host } = new URL(draft.url);
  for (;;) {
    const message = l10n.t('Requesting one thread from {0}…', host);
    const error = await askToWait({ ...view, canGoBack: true, message }, (signal) =>
      testDraft(services, draft, signal),
    );
    if (error === back) return { reason: '' };
    if (error === undefined) return undefined;
    if (error === 'passed') return { ...draft, problem: undefined };
    const presented = presentError(error, { connection: toConnection(draft, ''), subject: 'threads' });
    services.log.error(presented.message, error);
    const choice = await askAfterFailure(error, presented, draft, view);
    if (choice === 'saveAnyway') return { ...draft, saveAnyway: true, problem: undefined };
    if (choice === back) return { reason: `${presented.message} ${serverMessage(error)}`.trim() };
    if (choice === undefined) return undefined;
  }
}

/** The last step of a flow: tests the complete draft again, because later answers can affect the result. */
export async function checkStep(
  services: ConnectionServices,
  draft: Draft,
  view: StepView,
): Promise<StepResult<Draft>> {
  const result = await checkDraft(services, draft, view);
  return isRejected(result) ? back : result;
}

async function testDraft(
  services: ConnectionServices,
  draft: Draft,
  signal: AbortSignal,
): Promise<'passed' | SourceError> {
  try {
    const source = await services.network.createSource(
      toConnection(draft, 'draft'),
      enteredProvider(draft, services.env),
    );
    await readOneThread(source, signal);
    return 'passed';
  } catch (error) {
    return toSourceError(error);
  }
}

function askAfterFailure(
  error: SourceError,
  presented: PresentedError,
  draft: Draft,
  view: StepView,
): Promise<StepResult<'tryAgain' | 'saveAnyway'>> {
  const detail = withoutIcons(serverMessage(error));
  const backLabel = draft.kind === 'openai' ? l10n.t('Enter Another Key') : l10n.t('Back');
  const goBack = { label: `$(arrow-left) ${backLabel}`, value: back } as const;
  const retry = { label: `$(refresh) ${l10n.t('Test Again')}`, value: 'tryAgain' } as const;
  const saveAnyway = {
    label: `$(save) ${l10n.t('Save Anyway')}`,
    detail: l10n.t('Save without a successful test.'),
    value: 'saveAnyway',
  } as const;
  const aboutCredentials = isSourceError(error, 'unauthorized') || isSourceError(error, 'forbidden');
  return askChoice<'tryAgain' | 'saveAnyway' | typeof back>({
    ...view,
    canGoBack: true,
    placeholder: presented.message,
    choices: aboutCredentials ? [{ ...goBack, detail }, saveAnyway] : [{ ...retry, detail }, goBack, saveAnyway],
  });
}
