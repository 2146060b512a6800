import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import { readOnlyCapabilities } from '../../chatkit/common/threadSource.ts';
import { noEventLog } from '../../eventLog/common/protocol.ts';
import type { InspectorState } from '../common/protocol.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { imagePolicy } from '../../widgets/vscode/images.ts';

/** Returns the state of a page whose connection does not exist: removed, or a stopped sandbox. */
export function missingState(ref: ThreadRef, { settings }: Services): InspectorState {
  const message = l10n.t("This thread's connection no longer exists.");
  return {
    locale: vscode.env.language,
    ref,
    connectionName: ref.connectionId,
    capabilities: readOnlyCapabilities,
    live: false,
    preview: false,
    thread: null,
    layout: { windows: [], reachesStart: false, reachesEnd: false, asOf: null, stopped: null, duplicateIds: [] },
    items: [],
    activity: { loading: [], problems: [{ place: 'thread', message, detail: '', action: null }], deleted: false },
    follow: { mode: 'off' },
    images: imagePolicy(settings.get('chatkit.inspector.remoteImages'), false),
    reveal: null,
    log: noEventLog,
    conversation: null,
    isNew: false,
  };
}
