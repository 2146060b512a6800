import * as l10n from '@vscode/l10n';
import type { Json, JsonValue } from '../../../../base/common/json.ts';
import type {
  AnnotationExpectation,
  ItemExpectation,
  ItemExpectationOf,
  NodeExpectation,
  QuestionExpectation,
  TaskExpectation,
} from '../schema/itemSchema.ts';
import {
  type AssistantMessageItem,
  type StructuredInputItem,
  type Task,
  type ThreadItem,
  type WidgetItem,
  type WorkflowItem,
  assistantText,
  quotedText,
  userText,
} from '../../../../chatkit/common/model/item.ts';
import { normaliseWidget } from '../../../../widgets/common/normalise.ts';
import { formatProblem } from '../../../../widgets/common/problems.ts';
import { reviewWidget } from '../../../../widgets/common/review.ts';
import { type Mismatch, forDiff, matchText, matchValue, otherProperties, shown, under } from './matchValue.ts';
import { matchCounts, matchHas, matchHasNot } from './matchNodes.ts';
import { matchOutline } from './widgetOutline.ts';

/** Why an item is not as expected; nothing where it is. Snapshots are compared apart, once the item is known. */
export function matchItem(expected: ItemExpectation, item: ThreadItem): readonly Mismatch[] {
  if (expected.kind !== item.kind) {
    return [{ path: ['kind'], message: l10n.t('is a {0}', item.kind), expected: expected.kind, actual: item.kind }];
  }
  switch (expected.kind) {
    case 'user_message':
      return item.kind === expected.kind ? matchUser(expected, item) : [];
    case 'assistant_message':
      return item.kind === expected.kind ? matchAssistant(expected, item) : [];
    case 'widget':
      return item.kind === expected.kind ? matchWidget(expected, item) : [];
    case 'client_tool_call':
      return item.kind === expected.kind ? matchTool(expected, item) : [];
    case 'task':
      return item.kind === expected.kind ? matchTask(expected, item.task) : [];
    case 'task_group':
      return item.kind === expected.kind ? matchTasks(expected.tasks, item.tasks) : [];
    case 'workflow':
      return item.kind === expected.kind ? matchWorkflow(expected, item) : [];
    case 'generated_image':
      return item.kind === expected.kind ? same('ready', expected.ready, item.image !== null) : [];
    case 'structured_input':
      return item.kind === expected.kind ? matchForm(expected, item) : [];
    case 'unknown':
      return item.kind === expected.kind ? same('type', expected.type, item.wireType) : [];
  }
}

function same(what: string, expected: string | boolean | undefined, actual: Json): readonly Mismatch[] {
  if (expected === undefined || expected === actual) return [];
  const wanted = String(expected);
  if (actual === null) {
    const message = l10n.t('{0} is missing, expected {1}', what, wanted);
    return [{ path: [what], message, expected: wanted, actual: '' }];
  }
  const message = l10n.t('{0} is {1}, expected {2}', what, String(actual), wanted);
  return [{ path: [what], message, expected: wanted, actual: String(actual) }];
}

function matchUser(
  expected: ItemExpectationOf<'user_message'>,
  item: Extract<ThreadItem, { kind: 'user_message' }>,
): readonly Mismatch[] {
  return [
    ...matchText('text', expected.text, userText(item)),
    ...matchText('quote', expected.quote, quotedText(item)),
    ...matchList('files', expected.files, item.attachments, (name, file) => matchText('name', name, file.name)),
  ];
}

function matchAssistant(
  expected: ItemExpectationOf<'assistant_message'>,
  { parts }: AssistantMessageItem,
): readonly Mismatch[] {
  const { annotations } = expected;
  const given = parts.flatMap((part) => part.annotations.map(({ source }) => source));
  const wrong =
    typeof annotations === 'number'
      ? matchCount('annotations', annotations, given.length)
      : (annotations ?? []).flatMap((wanted, index) => {
          const checked = given.map((source) => matchAnnotation(wanted, source));
          if (checked.some((mismatches) => mismatches.length === 0)) return [];
          const nearest = checked.toSorted((a, b) => a.length - b.length)[0];
          const found = nearest?.[0]?.message ?? l10n.t('there is none');
          const message = l10n.t('has no such annotation: {0}', found);
          return [
            { path: ['annotations', index], message, expected: JSON.stringify(wanted), actual: JSON.stringify(given) },
          ];
        });
  return [...matchText('text', expected.text, assistantText({ parts })), ...wrong];
}

function matchAnnotation(
  expected: AnnotationExpectation,
  source: AssistantMessageItem['parts'][number]['annotations'][number]['source'],
): readonly Mismatch[] {
  return [
    ...same('type', expected.type, source.type === 'unknown' ? source.wireType : source.type),
    ...matchText('title', expected.title, source.title),
    ...matchText('url', expected.url, source.type === 'url' ? source.url : null),
    ...matchText('filename', expected.filename, source.type === 'file' ? source.filename : null),
  ];
}

function matchWidget(expected: ItemExpectationOf<'widget'>, { widget, copyText }: WidgetItem): readonly Mismatch[] {
  const copy = matchText('copyText', expected.copyText, copyText);
  if (widget.form === 'absent' || widget.form === 'invalid') {
    const { kind: _kind, copyText: _copyText, valid, ...rest } = expected;
    const wanted = valid === true || Object.values(rest).some((value) => value !== undefined);
    const why =
      widget.form === 'invalid' ? l10n.t('the widget is not JSON: {0}', widget.error) : l10n.t('the widget is empty');
    return wanted ? [{ path: [], message: why, expected: l10n.t('a widget'), actual: why }, ...copy] : copy;
  }
  const json = widget.value;
  return [
    ...(expected.valid === undefined ? [] : matchValid(expected.valid, json)),
    ...nodes('has', expected.has, (node) => matchHas(node, json)),
    ...nodes('hasNot', expected.hasNot, (node) => matchHasNot(node, json)),
    ...(expected.counts === undefined ? [] : matchCounts(expected.counts, json)),
    ...(expected.outline === undefined ? [] : matchOutline(expected.outline, json)),
    ...copy,
  ];
}

function nodes(
  name: string,
  expected: NodeExpectation | readonly NodeExpectation[] | undefined,
  match: (node: NodeExpectation) => readonly Mismatch[],
): readonly Mismatch[] {
  if (expected === undefined) return [];
  if (!Array.isArray(expected)) return under([name], match(expected as NodeExpectation));
  return (expected as readonly NodeExpectation[]).flatMap((node, index) => under([name, index], match(node)));
}

/** Valid means that nothing of it is an error or a warning: both are shown wrong, or not at all. */
function matchValid(expected: boolean, json: Json): readonly Mismatch[] {
  const tree = normaliseWidget(json);
  const problems = [...tree.problems, ...reviewWidget(tree)].filter(({ severity }) => severity !== 'info');
  if ((problems.length === 0) === expected) return [];
  const list = problems.map((problem) => `${problem.path || '/'}: ${formatProblem(problem)}`);
  const message = expected ? notValid(list) : l10n.t('the widget is valid');
  return [{ path: ['valid'], message, expected: expected ? '' : l10n.t('an invalid widget'), actual: list.join('\n') }];
}

function notValid([first = '', ...rest]: readonly string[]): string {
  return rest.length === 0
    ? l10n.t('the widget is not valid: {0}', first)
    : l10n.t('the widget is not valid: {0} (and {1} more)', first, rest.length);
}

function matchTool(
  expected: ItemExpectationOf<'client_tool_call'>,
  item: Extract<ThreadItem, { kind: 'client_tool_call' }>,
): readonly Mismatch[] {
  return [
    ...matchText('name', expected.name, item.name),
    ...matchJson('arguments', expected.arguments, item.arguments),
    ...(expected.noOtherArguments === true ? matchNoOther(expected.arguments ?? {}, item.arguments) : []),
    ...matchJson('output', expected.output, item.output),
    ...same('status', expected.status, item.status),
  ];
}

function matchJson(what: string, expected: unknown, actual: JsonValue): readonly Mismatch[] {
  if (expected === undefined) return [];
  if (actual.form === 'invalid') {
    const message = l10n.t('{0} is not JSON: {1}', what, actual.error);
    return [{ path: [what], message, expected: JSON.stringify(expected), actual: actual.text }];
  }
  return under([what], matchValue(what, expected as Json, actual.form === 'absent' ? undefined : actual.value));
}

function matchNoOther(expected: unknown, actual: JsonValue): readonly Mismatch[] {
  if (actual.form === 'absent' || actual.form === 'invalid') return [];
  return otherProperties('arguments', expected as Json, actual.value).map(({ name, value }) => ({
    path: ['noOtherArguments'],
    message: l10n.t('{0} is {1}, expected no such argument', name, shown(value)),
    expected: '',
    actual: `${name}: ${forDiff(value)}`,
  }));
}

function matchTask(expected: TaskExpectation, task: Task): readonly Mismatch[] {
  return [
    ...same('type', expected.type, task.type === 'unknown' ? task.wireType : task.type),
    ...matchText('title', expected.title, task.title),
    ...matchText('content', expected.content, task.content),
    ...same('status', expected.status, task.progress),
  ];
}

function matchTasks(expected: readonly TaskExpectation[] | undefined, tasks: readonly Task[]): readonly Mismatch[] {
  return matchList('tasks', expected, tasks, matchTask);
}

function matchWorkflow(expected: ItemExpectationOf<'workflow'>, item: WorkflowItem): readonly Mismatch[] {
  const { summary } = item;
  return [
    ...same('type', expected.type, item.workflowType),
    ...matchText('title', expected.title, summary !== null && 'title' in summary ? summary.title : null),
    ...same('closed', expected.closed, summary !== null),
    ...matchTasks(expected.tasks, item.tasks),
  ];
}

function matchForm(expected: ItemExpectationOf<'structured_input'>, item: StructuredInputItem): readonly Mismatch[] {
  return [
    ...same('status', expected.status, item.status),
    ...matchList('questions', expected.questions, item.inputs, (wanted, field) => {
      if (typeof wanted === 'string') return matchText('question', wanted, field.question);
      const { question, type, options }: QuestionExpectation = wanted;
      return [
        ...matchText('question', question, field.question),
        ...same('type', type, field.type),
        ...(options === undefined ? [] : under(['options'], matchValue('options', options, field.options))),
      ];
    }),
  ];
}

function wrongNumber(what: string, actual: number, expected: number): string {
  return l10n.t('the number of {0} is {1}, expected {2}', what, actual, expected);
}

function matchCount(what: string, expected: number, actual: number): readonly Mismatch[] {
  if (expected === actual) return [];
  const message = wrongNumber(what, actual, expected);
  return [{ path: [what], message, expected: String(expected), actual: String(actual) }];
}

/** All of a list, in order. */
function matchList<Expected, Actual>(
  what: string,
  expected: readonly Expected[] | undefined,
  actual: readonly Actual[],
  match: (expected: Expected, actual: Actual) => readonly Mismatch[],
): readonly Mismatch[] {
  if (expected === undefined) return [];
  if (expected.length !== actual.length) {
    const message = wrongNumber(what, actual.length, expected.length);
    return [
      { path: [what], message, expected: JSON.stringify(expected, null, 2), actual: JSON.stringify(actual, null, 2) },
    ];
  }
  return expected.flatMap((wanted, index) => {
    const one = actual[index];
    if (one === undefined) return [];
    return under([what, index], match(wanted, one)).map((mismatch) => ({
      ...mismatch,
      message: `${what}[${index}] ${mismatch.message}`,
    }));
  });
}
