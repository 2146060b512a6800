import { isJsonObject, type Json, type JsonObject } from '../../../base/common/json.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';

/**
 * Brings known deviations of an item into the form of the protocol, so that they lose nothing: content as text, a summary
 * as text, options as texts, attachments with camel-case keys. Returns the same object for a correct item.
 */
export function prepareItem(type: string, raw: JsonObject, report: ReportHere): JsonObject {
  switch (type) {
    case 'user_message':
      return prepareAttachments(prepareContent(raw, 'input_text', report), report);
    case 'assistant_message':
      return prepareContent(raw, 'output_text', report);
    case 'workflow':
      return prepareWorkflow(raw, report);
    case 'structured_input':
      return prepareForm(raw, report);
    default:
      return raw;
  }
}

function prepareContent(raw: JsonObject, type: 'input_text' | 'output_text', report: ReportHere): JsonObject {
  const { content } = raw;
  const part = (text: string): JsonObject => ({ type, text, ...(type === 'output_text' ? { annotations: [] } : {}) });
  if (typeof content === 'string') {
    report(ruleIds.contentAsText, { field: 'content' }, content);
    return { ...raw, content: [part(content)] };
  }
  if (isJsonObject(content)) {
    report(ruleIds.wrongFieldType, { field: 'content' }, content);
    return { ...raw, content: [content] };
  }
  if (!isList(content) || !content.some((inner) => typeof inner === 'string')) return raw;
  const parts = content.map((inner, index) => {
    if (typeof inner !== 'string') return inner;
    report(ruleIds.contentAsText, { field: `content[${index}]` }, inner);
    return part(inner);
  });
  return { ...raw, content: parts };
}

const camelCase: Readonly<Record<string, string>> = {
  mimeType: 'mime_type',
  previewUrl: 'preview_url',
  uploadUrl: 'upload_url',
};

function prepareAttachments(raw: JsonObject, report: ReportHere): JsonObject {
  const { attachments } = raw;
  if (!isList(attachments)) return raw;
  const prepared = attachments.map((attachment, index) =>
    prepareAttachment(attachment, `attachments[${index}]`, report),
  );
  return prepared.every((attachment, index) => attachment === attachments[index])
    ? raw
    : { ...raw, attachments: prepared };
}

/** An attachment with the keys of the protocol, also where they are in camel case (chatkit-api 4.5). */
export function prepareAttachment(attachment: Json, path: string, report: ReportHere): Json {
  if (!isJsonObject(attachment)) return attachment;
  const keys = Object.keys(camelCase).filter((key) => key in attachment && !((camelCase[key] as string) in attachment));
  if (keys.length === 0) return attachment;
  report(ruleIds.camelCaseAttachment, { field: path === '' ? (keys[0] as string) : `${path}.${keys[0]}` });
  return { ...attachment, ...Object.fromEntries(keys.map((key) => [camelCase[key], attachment[key] as Json])) };
}

function prepareWorkflow(raw: JsonObject, report: ReportHere): JsonObject {
  const { workflow } = raw;
  if (!isJsonObject(workflow)) return raw;
  const { summary } = workflow;
  if (typeof summary !== 'string') return raw;
  report(ruleIds.workflowSummary, { field: 'workflow.summary' }, summary);
  return { ...raw, workflow: { ...workflow, summary: { title: summary } } };
}

function prepareForm(raw: JsonObject, report: ReportHere): JsonObject {
  const { inputs } = raw;
  if (!isList(inputs)) return raw;
  let changed = false;
  const prepared = inputs.map((input, index) => {
    if (!isJsonObject(input)) return input;
    const { options } = input;
    if (!isList(options) || !options.some((option) => typeof option === 'string')) return input;
    changed = true;
    report(ruleIds.formOptions, { field: `inputs[${index}].options` }, options);
    return { ...input, options: options.map((option) => (typeof option === 'string' ? { value: option } : option)) };
  });
  return changed ? { ...raw, inputs: prepared } : raw;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
