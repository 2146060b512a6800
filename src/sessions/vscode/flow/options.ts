import * as l10n from '@vscode/l10n';
import { isLatest, sessionLimits } from '../../../chatkit/common/sessions/sessionSource.ts';
import { type SessionDraft, type SessionOption, sessionOptions } from '../../common/draft.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { askChoice, askMany, askText } from '../../../base/vscode/quickInput.ts';
import { type Step, type StepResult, type StepView, back } from '../../../base/vscode/steps.ts';
import { askVariables } from './variables.ts';

/** Asks which options to set. Only these are sent. */
export async function askOptions(draft: SessionDraft, view: StepView): Promise<StepResult<SessionDraft>> {
  const chosen = await askMany<SessionOption>({
    ...view,
    placeholder: l10n.t('Select options to set. Unselected options use the server default.'),
    picked: draft.chosen,
    choices: sessionOptions.map((value) => ({ value, ...optionText(value) })),
  });
  return chosen === undefined || chosen === back ? chosen : { ...draft, chosen };
}

/** Returns the steps of one option. */
export function optionSteps(option: SessionOption, draft: SessionDraft): readonly Step<SessionDraft>[] {
  switch (option) {
    case 'version':
      return [askVersion];
    case 'variables':
      return [askVariables];
    case 'tracing':
      return [switchStep('tracing', l10n.t('Turn workflow tracing on or off'))];
    case 'expiry':
      return [askExpiry];
    case 'rateLimit':
      return [askRateLimit];
    case 'titling':
      return [switchStep('titling', l10n.t('Turn automatic thread titles on or off'))];
    case 'uploads':
      return [
        switchStep('uploads', l10n.t('Turn file uploads on or off')),
        ...(draft.uploads ? [askFileSize, askFileCount] : []),
      ];
    case 'history':
      return [
        switchStep('history', l10n.t('Turn the history of earlier threads on or off')),
        ...(draft.history ? [askRecentThreads] : []),
      ];
  }
}

function optionText(option: SessionOption): { readonly label: string; readonly detail: string } {
  switch (option) {
    case 'version':
      return { label: l10n.t('Version'), detail: l10n.t('Default: latest deployed version') };
    case 'variables':
      return { label: l10n.t('State Variables'), detail: l10n.t('Default: none') };
    case 'tracing':
      return { label: l10n.t('Tracing'), detail: l10n.t('Default: on') };
    case 'expiry':
      return { label: l10n.t('Expiry'), detail: l10n.t('Default: 600 seconds') };
    case 'rateLimit':
      return { label: l10n.t('Rate Limit'), detail: l10n.t('Default: 10 requests per minute') };
    case 'titling':
      return { label: l10n.t('Automatic Titles'), detail: l10n.t('Default: on') };
    case 'uploads':
      return { label: l10n.t('Uploads'), detail: l10n.t('Default: off') };
    case 'history':
      return { label: l10n.t('History'), detail: l10n.t('Default: on, with all threads') };
  }
}

async function askVersion(draft: SessionDraft, view: StepView): Promise<StepResult<SessionDraft>> {
  const version = await askText({
    ...view,
    prompt: l10n.t('Workflow version'),
    value: draft.version,
    placeholder: '3',
    validate: (text) => (text.trim() === '' ? l10n.t('Enter a version.') : undefined),
    warn: (text) =>
      isLatest(text)
        ? formatMessage(
            l10n.t(
              '“{0}” is not a valid version: the session is created, but the chat fails. Omit the version to use the latest one.',
            ),
            text.trim(),
          )
        : undefined,
  });
  return typeof version === 'string' ? { ...draft, version } : version;
}

function switchStep(field: 'tracing' | 'titling' | 'uploads' | 'history', placeholder: string): Step<SessionDraft> {
  return async (draft, view) => {
    const on = await askChoice<boolean>({
      ...view,
      placeholder,
      active: draft[field],
      choices: [
        { value: true, label: l10n.t('On') },
        { value: false, label: l10n.t('Off') },
      ],
    });
    return typeof on === 'boolean' ? { ...draft, [field]: on } : on;
  };
}

async function askExpiry(draft: SessionDraft, view: StepView): Promise<StepResult<SessionDraft>> {
  const { expirySeconds: maxSeconds } = sessionLimits;
  const text = await askText({
    ...view,
    prompt: formatMessage(l10n.t('Seconds until the session expires, 1 to {0}'), maxSeconds),
    value: String(draft.expirySeconds),
    validate: (value) => wholeNumberProblem(value, 1, maxSeconds),
  });
  return typeof text === 'string' ? { ...draft, expirySeconds: Number(text) } : text;
}

async function askRateLimit(draft: SessionDraft, view: StepView): Promise<StepResult<SessionDraft>> {
  const text = await askText({
    ...view,
    prompt: l10n.t('Requests per minute, at least 1'),
    value: String(draft.requestsPerMinute),
    validate: (value) => wholeNumberProblem(value, 1),
  });
  return typeof text === 'string' ? { ...draft, requestsPerMinute: Number(text) } : text;
}

const askFileSize = optionalNumberStep(
  'maxFileSize',
  () => l10n.t('Maximum file size in megabytes, 1 to {0} (empty: server default)', sessionLimits.fileSizeMegabytes),
  sessionLimits.fileSizeMegabytes,
);
const askFileCount = optionalNumberStep('maxFiles', () =>
  l10n.t('Maximum number of files, at least 1 (empty: server default)'),
);
const askRecentThreads = optionalNumberStep('recentThreads', () =>
  l10n.t('Number of recent threads, at least 1 (empty: all threads)'),
);

function optionalNumberStep(
  field: 'maxFileSize' | 'maxFiles' | 'recentThreads',
  prompt: () => string,
  max?: number,
): Step<SessionDraft> {
  return async (draft, view) => {
    const text = await askText({
      ...view,
      prompt: prompt(),
      value: draft[field]?.toString() ?? '',
      validate: (value) => optionalNumberProblem(value, 1, max),
    });
    return typeof text === 'string' ? { ...draft, [field]: text === '' ? undefined : Number(text) } : text;
  };
}

/** Returns the problem of `text` as a whole number from `min` to `max`, or undefined. */
function wholeNumberProblem(text: string, min: number, max?: number): string | undefined {
  const value = Number(text.trim());
  const inRange = value >= min && value <= (max ?? Number.MAX_SAFE_INTEGER);
  if (/^\d+$/.test(text.trim()) && inRange) return undefined;
  return max === undefined
    ? l10n.t('Enter a whole number of at least {0}.', min)
    : l10n.t('Enter a whole number from {0} to {1}.', min, max);
}

/** Also accepts an empty text, which means that nothing is sent. */
function optionalNumberProblem(text: string, min: number, max?: number): string | undefined {
  return text.trim() === '' ? undefined : wholeNumberProblem(text, min, max);
}
