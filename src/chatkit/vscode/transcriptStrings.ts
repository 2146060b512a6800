import * as vscode from 'vscode';
import type { TranscriptStrings } from '../../threads/common/transcript/strings.ts';

let strings: TranscriptStrings | undefined;

/** The words of labels, summaries and transcripts in the editor's language. */
export function transcriptStrings(): TranscriptStrings {
  strings ??= createStrings();
  return strings;
}

function createStrings(): TranscriptStrings {
  return {
    kinds: {
      user_message: vscode.l10n.t('User'),
      assistant_message: vscode.l10n.t('Assistant'),
      widget: vscode.l10n.t('Widget'),
      client_tool_call: vscode.l10n.t('Tool call'),
      task: vscode.l10n.t('Task'),
      task_group: vscode.l10n.t('Task group'),
      workflow: vscode.l10n.t('Workflow'),
      generated_image: vscode.l10n.t('Generated image'),
      structured_input: vscode.l10n.t('Structured input'),
      unknown: vscode.l10n.t('Unknown item'),
    },
    tasks: {
      custom: vscode.l10n.t('Task'),
      thought: vscode.l10n.t('Thought'),
      web_search: vscode.l10n.t('Web search'),
      file: vscode.l10n.t('Files'),
      image: vscode.l10n.t('Image'),
      unknown: vscode.l10n.t('Task'),
    },
    statuses: {
      active: vscode.l10n.t('active'),
      locked: vscode.l10n.t('locked'),
      closed: vscode.l10n.t('closed'),
      unknown: vscode.l10n.t('unknown status'),
    },
    untitled: vscode.l10n.t('Untitled thread'),
    emptyMessage: vscode.l10n.t('(no text)'),
    oneTask: vscode.l10n.t('1 task'),
    severalTasks: vscode.l10n.t('{0} tasks'),
    inProgress: vscode.l10n.t('in progress'),
    completed: vscode.l10n.t('completed'),
    toolOpen: vscode.l10n.t('waiting for output'),
    invalidJson: vscode.l10n.t('not valid JSON'),
    imageProgress: vscode.l10n.t('{0} % done'),
    inputPending: vscode.l10n.t('waiting for an answer'),
    inputAnswered: vscode.l10n.t('answered'),
    inputSkipped: vscode.l10n.t('skipped'),
    thread: vscode.l10n.t('Thread'),
    status: vscode.l10n.t('Status'),
    user: vscode.l10n.t('User'),
    created: vscode.l10n.t('Created'),
    itemCount: vscode.l10n.t('Items'),
    quote: vscode.l10n.t('Quote'),
    attachments: vscode.l10n.t('Attachments'),
    model: vscode.l10n.t('Model'),
    toolChoice: vscode.l10n.t('Tool choice'),
    arguments: vscode.l10n.t('Arguments'),
    output: vscode.l10n.t('Output'),
    sources: vscode.l10n.t('Sources'),
    noAnswer: vscode.l10n.t('(no answer)'),
    notLoaded: vscode.l10n.t('Items between here are not loaded.'),
    olderNotLoaded: vscode.l10n.t('Older items are not loaded.'),
    newerNotLoaded: vscode.l10n.t('Newer items are not loaded.'),
    stopped: vscode.l10n.t('The server gave the same page of items again, so loading stopped here.'),
    noItems: vscode.l10n.t('This thread has no items.'),
  };
}
