import * as l10n from '@vscode/l10n';
import { parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showInformation, showProgress, showStatus } from '../../../base/vscode/messages/notifications.ts';
import { askChoice, askText } from '../../../base/vscode/quickInput.ts';
import { type Step, back, runSteps } from '../../../base/vscode/steps.ts';
import type { ThreadRef } from '../../../chatkit/common/model/thread.ts';
import { type AppAction, syncActionTimeoutMs } from '../../../chatkit/common/stream/conversationApi.ts';
import type { Capabilities } from '../../../chatkit/common/threadSource.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { views } from '../../../chatkit/vscode/ids.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import type { Targets } from '../../../threads/vscode/targets.ts';
import type { ConversationService } from '../conversationService.ts';

interface ActionParts {
  readonly services: Services;
  readonly targets: Targets;
  readonly conversations: Pick<ConversationService, 'sendCommand'>;
  /** The last action of this window, which is offered again. */
  readonly last: { action: AppAction | undefined };
}

/**
 * *Send Action…*: sends an action that belongs to no widget (chatkit-api 5.3), as an app does with its own buttons.
 * With `action`, the user is not asked for it. Returns true if the server accepted it.
 */
export async function sendAction(
  { services, targets, conversations, last }: ActionParts,
  row?: ThreadRef & { readonly action?: AppAction },
): Promise<boolean> {
  const { connections } = services;
  const capabilitiesOf = (connectionId: string): Capabilities => connections.store(connectionId).capabilities;
  const can = (connectionId: string): boolean => {
    const { customActions, syncActions } = capabilitiesOf(connectionId);
    return customActions || syncActions;
  };
  const title = l10n.t('Send Action');
  const [ref] = await targets.threads(row, undefined, { title, many: false, can });
  if (ref === undefined) return false;
  if (!can(ref.connectionId)) {
    const name = connections.get(ref.connectionId)?.name ?? ref.connectionId;
    void showInformation(formatMessage(l10n.t('“{0}” does not accept actions.'), name));
    return false;
  }
  const action = row?.action ?? (await askAction(title, capabilitiesOf(ref.connectionId), last.action));
  if (action === undefined) return false;
  last.action = action;
  const sent = { threadId: ref.threadId, itemId: null, type: action.type, payload: action.payload ?? {} };
  if (action.streaming === false) {
    const api = connections.source(ref.connectionId).conversation;
    const item = await showProgress({ location: { viewId: views.threads } }, async () =>
      api?.syncAction(sent, AbortSignal.timeout(syncActionTimeoutMs)),
    );
    if (item) connections.store(ref.connectionId).putItem(ref.threadId, item);
    showStatus(item ? l10n.t('Action sent. The server updated an item.') : l10n.t('Action sent.'), 3_000);
    return true;
  }
  await runCommand('chatkit.openThread', ref);
  // The thread shows the response and its errors.
  const { reason } = await conversations.sendCommand(ref, { type: 'customAction', action: sent }).ended;
  return reason === 'done';
}

interface ActionDraft {
  readonly type: string;
  /** JSON text. */
  readonly payload: string;
  readonly streaming: boolean;
}

async function askAction(
  title: string,
  { customActions, syncActions }: Capabilities,
  last: AppAction | undefined,
): Promise<AppAction | undefined> {
  const initial: ActionDraft = {
    type: last?.type ?? '',
    payload: JSON.stringify(last?.payload ?? {}),
    streaming: customActions && last?.streaming !== false,
  };
  const steps: readonly Step<ActionDraft>[] = [
    askType,
    askPayload,
    ...(customActions && syncActions ? [askReply] : []),
  ];
  const draft = await runSteps(title, initial, () => steps);
  if (draft === undefined) return undefined;
  return { type: draft.type, payload: parsedOrUndefined(draft.payload) ?? {}, streaming: draft.streaming };
}

const askType: Step<ActionDraft> = async (draft, view) => {
  const type = await askText({
    ...view,
    prompt: l10n.t('Type of the action, without a widget'),
    placeholder: 'order.refresh',
    value: draft.type,
    validate: (text) => (text.trim() === '' ? l10n.t('Enter the type of the action.') : undefined),
  });
  return typeof type === 'string' ? { ...draft, type } : type;
};

const askPayload: Step<ActionDraft> = async (draft, view) => {
  const payload = await askText({
    ...view,
    prompt: l10n.t('Payload as JSON'),
    placeholder: '{ "id": 1 }',
    value: draft.payload,
    exact: true,
    validate: (text) =>
      parsedOrUndefined(text) === undefined ? l10n.t('Enter valid JSON, such as { "id": 1 }.') : undefined,
  });
  return typeof payload === 'string' ? { ...draft, payload } : payload;
};

const askReply: Step<ActionDraft> = async (draft, view) => {
  const streaming = await askChoice<boolean>({
    ...view,
    placeholder: l10n.t('Select how the server responds'),
    active: draft.streaming,
    choices: [
      { label: `$(comment-discussion) ${l10n.t('With a Response')}`, detail: 'threads.custom_action', value: true },
      { label: `$(symbol-field) ${l10n.t('With One Item')}`, detail: 'threads.sync_custom_action', value: false },
    ],
  });
  return streaming === undefined || streaming === back ? streaming : { ...draft, streaming };
};
