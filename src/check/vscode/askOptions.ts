import * as l10n from '@vscode/l10n';
import type { Connection } from '../../chatkit/common/connection.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { askChoice, askText } from '../../base/vscode/quickInput.ts';
import { back, runSteps, type Step } from '../../base/vscode/steps.ts';
import { confirm } from '../../chatkit/vscode/notify.ts';

export interface CheckChoices {
  readonly user: string | null;
  readonly origin: string | null;
  readonly scope: 'full' | 'quick';
}

const defaultUser = 'chatkit-inspector-check';

/**
 * Asks for the user, the origin and the scope of a check, and for one confirmation that explains its effects. Resolves to
 * undefined when the user cancels. `user`: the user that the connection acts as; null for none.
 */
export async function askCheckOptions(connection: Connection, user: string | null): Promise<CheckChoices | undefined> {
  const initial: CheckChoices = { user, origin: null, scope: 'full' };
  const title = l10n.t('Check Server: {0}', connection.name);
  const choices = await runSteps(title, initial, () => stepsFor(connection));
  if (choices === undefined) return undefined;
  const isConfirmed = await confirm(
    formatMessage(l10n.t('Check the server of “{0}”?'), connection.name),
    effectsOf(connection, choices),
    l10n.t('Check'),
  );
  return isConfirmed ? choices : undefined;
}

function stepsFor({ kind, userHeader }: Connection): readonly Step<CheckChoices>[] {
  if (kind === 'openai') return [];
  return [...(userHeader === undefined ? [] : [askUser(userHeader)]), askOrigin, askScope];
}

function askUser(userHeader: string): Step<CheckChoices> {
  return async (state, view) => {
    const answer = await askText({
      ...view,
      prompt: l10n.t('User of the temporary threads, sent in the header {0}', userHeader),
      value: state.user ?? defaultUser,
      validate: (text) =>
        /^[\x20-\x7e]{1,1000}$/.test(text.trim())
          ? undefined
          : l10n.t('Enter a user without line breaks or non-ASCII characters.'),
    });
    return answer === undefined || answer === back ? answer : { ...state, user: answer };
  };
}

const askOrigin: Step<CheckChoices> = async (state, view) => {
  const answer = await askText({
    ...view,
    prompt: l10n.t('Origin of the page that uses the server, to check CORS (optional)'),
    placeholder: 'https://app.example.com',
    value: state.origin ?? '',
    validate: (text) =>
      text.trim() === '' || originOfPage(text) !== null
        ? undefined
        : l10n.t('Enter an origin such as https://app.example.com, or leave this empty.'),
  });
  return answer === undefined || answer === back ? answer : { ...state, origin: originOfPage(answer) };
};

const askScope: Step<CheckChoices> = async (state, view) => {
  const answer = await askChoice<CheckChoices['scope']>({
    ...view,
    placeholder: l10n.t('Select how many messages to send'),
    choices: [
      { label: l10n.t('Full'), detail: l10n.t('About 70 messages: pages of a thread with 120 items.'), value: 'full' },
      { label: l10n.t('Quick'), detail: l10n.t('About 20 messages: pages of a thread with 12 items.'), value: 'quick' },
    ],
    active: state.scope,
  });
  return answer === undefined || answer === back ? answer : { ...state, scope: answer };
};

function originOfPage(text: string): string | null {
  const url = text.trim();
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).origin : null;
}

function effectsOf(connection: Connection, { user, scope }: CheckChoices): string {
  if (connection.kind === 'openai')
    return l10n.t(
      'The check reads up to five threads and sends invalid requests. It creates no threads, sends no messages and changes nothing.',
    );
  const messages =
    scope === 'full'
      ? l10n.t('The check creates temporary threads and sends about 70 messages, which your model may charge for.')
      : l10n.t('The check creates temporary threads and sends about 20 messages, which your model may charge for.');
  const owner =
    user === null
      ? l10n.t('The threads belong to the user of the connection’s credentials.')
      : l10n.t('The threads belong to the user “{0}”.', user);
  const rest = l10n.t(
    'It uploads a small text file, renames and retries, sends feedback and an unknown widget action, and reads up to three existing threads. At the end, also after Cancel, it deletes what it created.',
  );
  return `${messages} ${owner}\n\n${rest}`;
}
