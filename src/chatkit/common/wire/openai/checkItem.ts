import { type Json, type JsonObject, isJsonObject } from '../../../../base/common/json.ts';
import { ruleIds } from '../../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../protocolProblems/problem.ts';
import { parseJsonText } from '../../../../base/common/parseJson.ts';
import { checkWidgetValue, each, reportMissing } from '../checks.ts';

type Check = (raw: JsonObject, report: ReportHere) => void;

/** Reports what the readers accept although the REST API does not allow it (chatkit-api 4). */
export function checkItem(type: string, raw: JsonObject, report: ReportHere): void {
  reportMissing(raw, ['object'], '', report);
  checks.get(type)?.(raw, report);
}

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['user_message', checkUserMessage],
  ['assistant_message', checkAssistantMessage],
  ['client_tool_call', checkToolCall],
  ['widget', (raw, report) => checkWidgetValue(raw['widget'], 'text', report)],
  ['task', ({ task_type: type }, report) => checkTaskType(type, 'task_type', report)],
  ['task_group', checkTaskGroup],
]);

function checkUserMessage(raw: JsonObject, report: ReportHere): void {
  each(raw['content'], 'content', (part, path) => {
    const { type } = part;
    if (type === 'input_text' || type === 'quoted_text') reportMissing(part, ['text'], path, report);
    else if (type !== undefined) report(ruleIds.unknownContentPart, { field: `${path}.type` }, type);
  });
  reportMissing(raw, ['attachments'], '', report);
  each(raw['attachments'], 'attachments', (attachment, path) => {
    reportMissing(attachment, ['name', 'mime_type'], path, report);
    const { type } = attachment;
    if (typeof type === 'string' && type !== 'image' && type !== 'file') {
      report(ruleIds.attachmentType, { field: `${path}.type` }, type);
    }
  });
}

function checkAssistantMessage(raw: JsonObject, report: ReportHere): void {
  each(raw['content'], 'content', (part, path) => {
    const { type } = part;
    if (type === undefined) return;
    if (type !== 'output_text') return report(ruleIds.unknownContentPart, { field: `${path}.type` }, type);
    reportMissing(part, ['text', 'annotations'], path, report);
    each(part['annotations'], `${path}.annotations`, (annotation, at) => {
      if (!isAnnotation(annotation)) report(ruleIds.invalidAnnotation, { field: at }, annotation);
    });
  });
}

function isAnnotation({ source }: JsonObject): boolean {
  if (!isJsonObject(source)) return false;
  if (source['type'] === 'url') return typeof source['url'] === 'string';
  return source['type'] === 'file' && typeof source['filename'] === 'string';
}

function checkToolCall(raw: JsonObject, report: ReportHere): void {
  const { status } = raw;
  if (typeof status === 'string' && status !== 'in_progress' && status !== 'completed') {
    report(ruleIds.toolStatus, { field: 'status' }, status);
  }
  reportMissing(raw, ['call_id', 'arguments'], '', report);
  checkJsonText(raw['arguments'], 'arguments', report);
}

/** The output of a tool is any JSON value: a text that is not JSON is no deviation here. */
function checkJsonText(value: Json | undefined, field: string, report: ReportHere): void {
  if (value === undefined || value === null) return;
  const { form } = parseJsonText(value);
  if (form === 'doubleEncoded') report(ruleIds.doubleEncodedJson, { field });
  if (form === 'value') report(ruleIds.wrongFieldType, { field }, value);
}

function checkTaskGroup(raw: JsonObject, report: ReportHere): void {
  each(raw['tasks'], 'tasks', ({ type }, path) => checkTaskType(type, `${path}.type`, report));
}

function checkTaskType(type: Json | undefined, field: string, report: ReportHere): void {
  if (typeof type === 'string' && type !== 'custom' && type !== 'thought') {
    report(ruleIds.unknownTaskType, { field }, type);
  }
}
