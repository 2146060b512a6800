import { type Json, type JsonObject, isJsonObject } from '../../../../base/common/json.ts';
import { ruleIds } from '../../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../protocolProblems/problem.ts';
import { checkWidgetValue, each, reportMissing } from '../checks.ts';

type Check = (raw: JsonObject, report: ReportHere) => void;

/**
 * Reports what the readers accept although the protocol does not allow it (chatkit-api 5.5): missing fields with a
 * default, unknown words, and fields of the other API. Wrong types are reported by the readers.
 */
export function checkItem(type: string, raw: JsonObject, report: ReportHere): void {
  checks.get(type)?.(raw, report);
}

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['user_message', checkUserMessage],
  ['assistant_message', checkAssistantMessage],
  ['client_tool_call', checkToolCall],
  ['widget', (raw, report) => checkWidgetValue(raw['widget'], 'object', report)],
  ['workflow', checkWorkflow],
  ['task', (raw, report) => checkTask(raw['task'], 'task', report)],
  ['structured_input', checkForm],
]);

function checkUserMessage(raw: JsonObject, report: ReportHere): void {
  each(raw['content'], 'content', (part, path) => checkUserPart(part, path, report));
  reportMissing(raw, ['attachments', 'inference_options'], '', report);
  each(raw['attachments'], 'attachments', (attachment, path) => checkAttachment(attachment, path, report));
}

function checkUserPart(part: JsonObject, path: string, report: ReportHere): void {
  switch (part['type']) {
    case 'input_text':
      return reportMissing(part, ['text'], path, report);
    case 'input_tag':
      return reportMissing(part, ['id', 'text', 'data'], path, report);
    case 'quoted_text':
      return report(ruleIds.quotedTextPart, { field: `${path}.type` });
    case undefined:
      return;
    default:
      return report(ruleIds.unknownContentPart, { field: `${path}.type` }, part['type']);
  }
}

/** Reports deviations of an attachment. `path`: of the attachment; empty for a reply that is one. */
export function checkAttachment(attachment: JsonObject, path: string, report: ReportHere): void {
  const at = (field: string) => (path === '' ? field : `${path}.${field}`);
  reportMissing(attachment, ['name', 'mime_type'], path, report);
  const { type, metadata } = attachment;
  if (type === 'image' && attachment['preview_url'] == null) {
    report(ruleIds.imageWithoutPreview, { field: at('preview_url') });
  }
  if (typeof type === 'string' && type !== 'image' && type !== 'file') {
    report(ruleIds.attachmentType, { field: at('type') }, type);
  }
  if (isJsonObject(metadata) && Object.keys(metadata).length > 0) {
    report(ruleIds.attachmentMetadata, { field: at('metadata') });
  }
}

function checkAssistantMessage(raw: JsonObject, report: ReportHere): void {
  each(raw['content'], 'content', (part, path) => checkAssistantPart(part, path, report));
}

/** Reports deviations of one part of an answer. */
function checkAssistantPart(part: JsonObject, path: string, report: ReportHere): void {
  reportMissing(part, ['type'], path, report);
  const { type } = part;
  if (type !== undefined && type !== null && type !== 'output_text') {
    return report(ruleIds.unknownContentPart, { field: `${path}.type` }, type);
  }
  reportMissing(part, ['text', 'annotations'], path, report);
  each(part['annotations'], `${path}.annotations`, (annotation, at) => {
    if (!isAnnotation(annotation)) report(ruleIds.invalidAnnotation, { field: at }, annotation);
  });
}

function isAnnotation({ type, source }: JsonObject): boolean {
  if (type !== 'annotation' || !isJsonObject(source)) return false;
  switch (source['type']) {
    case 'url':
      return typeof source['url'] === 'string';
    case 'file':
      return typeof source['filename'] === 'string';
    case 'entity':
      return typeof source['id'] === 'string';
    default:
      return false;
  }
}

function checkToolCall(raw: JsonObject, report: ReportHere): void {
  const { status } = raw;
  if (typeof status === 'string' && status !== 'pending' && status !== 'completed') {
    report(ruleIds.toolStatus, { field: 'status' }, status);
  }
  reportMissing(raw, ['call_id', 'arguments'], '', report);
  if (typeof raw['arguments'] === 'string') report(ruleIds.toolArgumentsText, { field: 'arguments' }, raw['arguments']);
}

const taskTypes: ReadonlySet<Json | undefined> = new Set(['custom', 'web_search', 'thought', 'file', 'image']);
const taskStatuses: ReadonlySet<Json | undefined> = new Set([undefined, null, 'none', 'loading', 'complete']);

function checkWorkflow({ workflow }: JsonObject, report: ReportHere): void {
  if (!isJsonObject(workflow)) return;
  const { type, summary } = workflow;
  reportMissing(workflow, ['type', 'tasks'], 'workflow', report);
  if (typeof type === 'string' && type !== 'custom' && type !== 'reasoning') {
    report(ruleIds.wrongFieldType, { field: 'workflow.type' }, type);
  }
  if (isJsonObject(summary) && typeof summary['duration'] !== 'number' && typeof summary['title'] !== 'string') {
    report(ruleIds.workflowSummary, { field: 'workflow.summary' }, summary);
  }
  each(workflow['tasks'], 'workflow.tasks', (task, path) => checkTask(task, path, report));
}

/** Reports deviations of a task. */
function checkTask(task: Json | undefined, path: string, report: ReportHere): void {
  if (!isJsonObject(task)) return;
  const { type, status_indicator: status } = task;
  if (typeof type === 'string' && !taskTypes.has(type))
    report(ruleIds.unknownTaskType, { field: `${path}.type` }, type);
  if (!taskStatuses.has(status)) report(ruleIds.unknownTaskStatus, { field: `${path}.status_indicator` }, status);
  if (type === 'thought') reportMissing(task, ['content'], path, report);
  if (type === 'web_search') reportMissing(task, ['queries', 'sources'], path, report);
  if (type === 'file') reportMissing(task, ['sources'], path, report);
}

function checkForm(raw: JsonObject, report: ReportHere): void {
  const { status } = raw;
  if (typeof status === 'string' && status !== 'pending' && status !== 'answered' && status !== 'skipped') {
    report(ruleIds.formStatus, { field: 'status' }, status);
  }
  const ids = new Set<Json>();
  each(raw['inputs'], 'inputs', (input, path) => {
    const { type, id } = input;
    if (typeof type === 'string' && type !== 'multiple_choice' && type !== 'freeform') {
      report(ruleIds.formInputType, { field: `${path}.type` }, type);
    }
    if (type === 'multiple_choice' && input['options'] == null) {
      report(ruleIds.formOptions, { field: `${path}.options` });
    }
    if (id === undefined) return;
    if (ids.has(id)) report(ruleIds.repeatedInputId, { field: `${path}.id` }, id);
    ids.add(id);
  });
}
