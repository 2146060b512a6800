import * as l10n from '@vscode/l10n';
import { isSourceError, toSourceError, type SourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadSource } from '../../../chatkit/common/threadSource.ts';
import { withoutIcons } from '../../../base/vscode/messages/inertText.ts';
import { serverMessage, presentError, type PresentedError } from '../../../chatkit/vscode/present.ts';
import { askChoice, askToWait } from '../../../base/vscode/quickInput.ts';
import { back, type StepResult, type StepView } from '../../../base/vscode/steps.ts';
import type { ConnectionServices } from '../connectionServices.ts';
import { enteredProvider, toConnection, type Draft } from './draft.ts';

/** The smallest request that needs the credentials: one thread. Throws what the source throws. */
export async function readOneThread(source: ThreadSource, signal: AbortSignal): Promise<void> {
  await source.listThreads({ limit: 1, order: 'desc' }, signal);
}

/** The credentials were tested and the user wants to enter others; `reason` says why, empty when the test was left. */
export interface Rejected {
  readonly reason: string;
}

export function isRejected(result: Draft | Rejected | undefined): result is Rejected {
  return result !== undefined && 'reason' in result;
}

/**
 * Tests a draft with the credentials just entered. When that fails the reason is shown and the user chooses: another try,
 * other credentials, or saving them anyway. Gives the draft to go on with; undefined when the user leaves.
 */
export async function checkDraft(
  parts: ConnectionServices,
  draft: Draft,
  view: StepView,
): Promise<Draft | Rejected | undefined> {
  if (draft.saveAnyway || (draft.entered.from === 'later' && draft.kind === 'openai')) return draft;
  const { host } = new URL(draft.url);
  for (;;) {
    const message = l10n.t('Asking {0} for one thread…', host);
    const error = await askToWait({ ...view, canGoBack: true, message }, (signal) => tryDraft(parts, draft, signal));
    if (error === back) return { reason: '' };
    if (error === undefined) return undefined;
    if (error === 'works') return { ...draft, problem: undefined };
    const presented = presentError(error, { connection: toConnection(draft, ''), subject: 'threads' });
    parts.log.error(presented.message, error);
    const choice = await askAfterFailure(error, presented, draft, view);
    if (choice === 'saveAnyway') return { ...draft, saveAnyway: true, problem: undefined };
    if (choice === back) return { reason: `${presented.message} ${serverMessage(error)}`.trim() };
    if (choice === undefined) return undefined;
  }
}

/** The last step of a flow: tests the whole once more where answers after the credentials may matter. */
export async function checkStep(parts: ConnectionServices, draft: Draft, view: StepView): Promise<StepResult<Draft>> {
  const result = await checkDraft(parts, draft, view);
  return isRejected(result) ? back : result;
}

async function tryDraft(parts: ConnectionServices, draft: Draft, signal: AbortSignal): Promise<'works' | SourceError> {
  try {
    const source = await parts.wire.createSource(toConnection(draft, 'draft'), enteredProvider(draft, parts.env));
    await readOneThread(source, signal);
    return 'works';
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
  const other = draft.kind === 'openai' ? l10n.t('Enter Another Key') : l10n.t('Back');
  const again = { label: `$(arrow-left) ${other}`, value: back } as const;
  const retry = { label: `$(refresh) ${l10n.t('Test Again')}`, value: 'tryAgain' } as const;
  const anyway = {
    label: `$(save) ${l10n.t('Save Anyway')}`,
    detail: l10n.t('It is kept as it is; the next request tries it again.'),
    value: 'saveAnyway',
  } as const;
  const aboutCredentials = isSourceError(error, 'unauthorized') || isSourceError(error, 'forbidden');
  return askChoice<'tryAgain' | 'saveAnyway' | typeof back>({
    ...view,
    canGoBack: true,
    placeholder: presented.message,
    choices: aboutCredentials ? [{ ...again, detail }, anyway] : [{ ...retry, detail }, again, anyway],
  });
}
