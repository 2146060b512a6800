import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { oneLine } from '../../../base/common/plainText.ts';
import { showStatus } from '../../../base/vscode/messages/notifications.ts';
import { type CredentialProvider, redirectedUrl } from '../../../chatkit/common/connection.ts';
import { type SourceError, isSourceError, toSourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadSource } from '../../../chatkit/common/threadSource.ts';
import { withoutIcons } from '../../../base/vscode/messages/inertText.ts';
import { type PresentedError, presentError, serverMessage } from '../../../chatkit/vscode/present.ts';
import { askChoice, askToWait } from '../../../base/vscode/quickInput.ts';
import { GoTo, type StepResult, type StepView, back } from '../../../base/vscode/steps.ts';
import type { ConnectionServices } from '../connectionServices.ts';
import { type ConnectionDraft, type RejectedField, enteredProvider, toConnection } from './connectionDraft.ts';

/** Sends the smallest request that needs credentials: one thread. Throws the errors of the source. */
export async function readOneThread(source: ThreadSource, signal: AbortSignal): Promise<void> {
  await source.listThreads({ limit: 1, order: 'desc' }, signal);
}

/** The test failed and the user wants to change the value that caused it. */
interface Rejected {
  readonly field: RejectedField;
  /** Empty when the user cancelled the test. */
  readonly reason: string;
  /** The server needs secret headers, which the flow did not ask for. */
  readonly needsHeaders?: boolean;
  /** The target of a redirect, to which the user wants to change the URL. */
  readonly url?: string;
}

export function isRejected(result: ConnectionDraft | Rejected | undefined): result is Rejected {
  return result !== undefined && 'reason' in result;
}

/**
 * Tests a draft. When the test fails, shows the error with its details and lets the user select: test again, change the
 * rejected value, or save anyway. `credentials`: those entered in the flow by default. Returns the draft to continue with,
 * or undefined when the user cancels.
 */
export async function checkDraft(
  services: ConnectionServices,
  draft: ConnectionDraft,
  view: StepView,
  credentials: CredentialProvider = enteredProvider(draft, services.env),
): Promise<ConnectionDraft | Rejected | undefined> {
  const { host } = new URL(draft.url);
  for (;;) {
    const message = l10n.t('Requesting one thread from {0}…', host);
    const error = await askToWait({ ...view, canGoBack: true, message }, (signal) =>
      testDraft(services, draft, credentials, signal),
    );
    if (error === back) return { field: 'url', reason: '' };
    if (error === undefined) return undefined;
    if (error === 'passed') return { ...draft, rejected: undefined };
    const presented = presentError(error, { connection: toConnection(draft, ''), subject: 'threads' });
    services.log.error(presented.message, error);
    const field: RejectedField = isAboutCredentials(error) ? 'credentials' : 'url';
    const target = redirectTargetOf(draft, error);
    const choice = await askAfterFailure(error, presented, draft, target, view);
    if (choice === 'saveAnyway') return { ...draft, saveAnyway: true, rejected: undefined };
    if (choice === 'useTarget') return { field: 'url', reason: presented.message, url: target ?? draft.url };
    if (choice === 'enterHeaders') return { field: 'credentials', reason: '', needsHeaders: true };
    if (choice === back) return { field, reason: `${presented.message} ${serverMessage(error)}`.trim() };
    if (choice === undefined) return undefined;
  }
}

/** The last step of a flow: tests the complete draft again, because later answers can affect the result. */
export async function checkStep(
  services: ConnectionServices,
  draft: ConnectionDraft,
  view: StepView,
): Promise<StepResult<ConnectionDraft | GoTo<ConnectionDraft>>> {
  if (draft.saveAnyway || (draft.entered.from === 'later' && draft.kind === 'openai')) return draft;
  const result = await checkDraft(services, draft, view);
  if (!isRejected(result)) return result;
  if (result.needsHeaders === true) return new GoTo('headers', { ...draft, more: true });
  if (result.reason === '') return back;
  return new GoTo(result.field, rejectedDraft(draft, result));
}

/** The draft for the question about the rejected value. */
export function rejectedDraft(draft: ConnectionDraft, rejected: Rejected): ConnectionDraft {
  const { url } = rejected;
  // A server that was found has no question about its URL.
  return { ...draft, rejected, ...(url === undefined ? {} : { url, isFound: false }) };
}

/** The URL to which the server redirects; null where it does not, or where no step asks for the URL. */
function redirectTargetOf(draft: ConnectionDraft, { details }: SourceError): string | null {
  if (details.redirect === undefined || (draft.kind === 'openai' && !draft.more && draft.name === '')) return null;
  return redirectedUrl(draft, details.redirect);
}

async function testDraft(
  services: ConnectionServices,
  draft: ConnectionDraft,
  credentials: CredentialProvider,
  signal: AbortSignal,
): Promise<'passed' | SourceError> {
  try {
    const source = await services.network.createSource(toConnection(draft, 'draft'), credentials);
    await readOneThread(source, signal);
    return 'passed';
  } catch (error) {
    return toSourceError(error);
  }
}

type AfterFailure = 'tryAgain' | 'saveAnyway' | 'enterHeaders' | 'useTarget';

function isAboutCredentials(error: SourceError): boolean {
  return isSourceError(error, 'unauthorized') || isSourceError(error, 'forbidden');
}

/** Shows the error with its details, which can be copied, and what the user can do. */
async function askAfterFailure(
  error: SourceError,
  presented: PresentedError,
  draft: ConnectionDraft,
  target: string | null,
  view: StepView,
): Promise<StepResult<AfterFailure>> {
  const backLabel = draft.kind === 'openai' && isAboutCredentials(error) ? l10n.t('Enter Another Key') : l10n.t('Back');
  const goBack = { label: `$(arrow-left) ${backLabel}`, value: back } as const;
  const retry = { label: `$(refresh) ${l10n.t('Test Again')}`, value: 'tryAgain' } as const;
  const headers = {
    label: `$(key) ${l10n.t('Enter Secret Headers…')}`,
    detail: l10n.t('For example “Authorization”, if the server requires it.'),
    value: 'enterHeaders',
  } as const;
  const saveAnyway = {
    label: `$(save) ${l10n.t('Save Anyway')}`,
    detail: l10n.t('Save without a successful test.'),
    value: 'saveAnyway',
  } as const;
  const needsHeaders = isAboutCredentials(error) && draft.kind === 'server' && draft.headers.length === 0;
  const useTarget = {
    label: `$(arrow-right) ${l10n.t('Use the Target of the Redirect')}`,
    detail: target === null ? '' : withoutIcons(target),
    value: 'useTarget',
  } as const;
  const first = target !== null ? useTarget : needsHeaders ? headers : isAboutCredentials(error) ? goBack : retry;
  const others =
    target !== null
      ? [retry, goBack, saveAnyway]
      : needsHeaders
        ? [goBack, saveAnyway]
        : isAboutCredentials(error)
          ? [saveAnyway]
          : [goBack, saveAnyway];
  const errorRow = {
    label: `$(error) ${withoutIcons(presented.message)}`,
    description: l10n.t('Copy Details'),
    detail: withoutIcons(oneLine(presented.detail.replaceAll('\n', ' · '), maxDetail)),
    value: 'copy',
  } as const;
  for (;;) {
    const choice = await askChoice<AfterFailure | 'copy' | typeof back>({
      ...view,
      canGoBack: true,
      placeholder: l10n.t('The test failed. Select what to do'),
      active: first.value,
      choices: [errorRow, first, ...others],
    });
    if (choice !== 'copy') return choice;
    await vscode.env.clipboard.writeText(`${presented.message}\n${presented.detail}`);
    showStatus(l10n.t('Error details copied'), 3_000);
  }
}

/** Characters of the details that a row shows. All can be copied. */
const maxDetail = 500;
