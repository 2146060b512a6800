// Held by the compiler, not by running: our schemas and the official package's types speak of the same things.
// Every response the package describes must be accepted, no field of it may be unknown to us, and the request bodies must
// be the same in both directions. Both the newest 7.x and the newest 6.x count.
import { test } from 'node:test';
import type OpenAi6 from 'openai6';
import type OpenAi7 from 'openai';
import type * as Params7 from 'openai/resources/beta/chatkit/threads';
import type * as Params6 from 'openai6/resources/beta/chatkit/threads';
import type * as z from 'zod';
import type { CreateSession } from '../../../../src/chatkit/common/sessionSource.ts';
import type { PageQuery, ThreadQuery } from '../../../../src/chatkit/common/threadSource.ts';
import type {
  OpenAiItemType,
  annotationSchema,
  assistantMessageSchema,
  groupedTaskSchema,
  outputTextSchema,
  taskGroupSchema,
  taskSchema,
  widgetSchema,
} from '../../../../src/chatkit/common/wire/openai/item.ts';
import type {
  attachmentSchema,
  clientToolCallSchema,
  inferenceOptionsSchema,
  userContentSchema,
  userMessageSchema,
} from '../../../../src/chatkit/common/wire/sharedItems.ts';
import type { listSchema } from '../../../../src/chatkit/common/wire/openai/list.ts';
import type { sessionSchema } from '../../../../src/chatkit/common/wire/openai/session.ts';
import type {
  threadDeletedSchema,
  threadSchema,
  threadStatusSchema,
} from '../../../../src/chatkit/common/wire/openai/thread.ts';

type Client<C extends new (...args: never[]) => unknown> = InstanceType<C>;
type ChatKit<C> = C extends { beta: { chatkit: infer Api } } ? Api : never;
/** What a call answers, without the request id that the package adds. */
type Result<Call> = Call extends (...args: never[]) => PromiseLike<infer Value> ? Omit<Value, '_request_id'> : never;
type Element<List> = List extends AsyncIterable<infer Item> ? Item : never;

type Api7 = ChatKit<Client<typeof OpenAi7>>;
type Api6 = ChatKit<Client<typeof OpenAi6>>;
type Apis = Api7 | Api6;

type Session<Api extends Apis> = Result<Api['sessions']['create']>;
type Thread<Api extends Apis> = Result<Api['threads']['retrieve']>;
type Deleted<Api extends Apis> = Result<Api['threads']['delete']>;
type ThreadPage<Api extends Apis> = Result<Api['threads']['list']>;
type Item<Api extends Apis> = Element<ReturnType<Api['threads']['listItems']>>;
type ItemOf<Api extends Apis, Type extends string> = Extract<Item<Api>, { type: `chatkit.${Type}` }>;
type SessionParams<Api extends Apis> = Parameters<Api['sessions']['create']>[0];

/** What our schema takes. */
type Takes<Schema extends z.ZodType> = z.input<Schema>;
/** Every value of `Theirs` is taken by `Ours`, and `Ours` knows each of its fields. */
type Covers<Ours, Theirs> = [Theirs] extends [Ours]
  ? [Exclude<KeysOf<Theirs>, KeysOf<Ours>>] extends [never]
    ? true
    : { unknownToUs: Exclude<KeysOf<Theirs>, KeysOf<Ours>> }
  : { notTaken: Theirs };
type KeysOf<Value> = Value extends unknown ? keyof Value : never;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : { missing: B }) : { extra: A };

type Mutable<Value> = Value extends object ? { -readonly [Key in keyof Value]: Mutable<Value[Key]> } : Value;

interface Agreement<Api extends Apis, ThreadParams, ItemParams> {
  thread: Covers<Takes<typeof threadSchema>, Thread<Api>>;
  threadStatus: Covers<Takes<typeof threadStatusSchema>, Thread<Api>['status']>;
  deleted: Covers<Takes<typeof threadDeletedSchema>, Deleted<Api>>;
  session: Covers<Takes<typeof sessionSchema>, Session<Api>>;
  sessionWorkflow: Covers<Takes<typeof sessionSchema>['workflow'], Session<Api>['workflow']>;
  sessionConfiguration: Covers<
    NonNullable<Takes<typeof sessionSchema>['chatkit_configuration']>,
    Session<Api>['chatkit_configuration']
  >;
  threadPage: Covers<
    Pick<Takes<typeof listSchema>, 'has_more' | 'last_id'>,
    Pick<ThreadPage<Api>, 'has_more' | 'last_id'>
  >;
  itemTypes: Same<`chatkit.${OpenAiItemType}`, Item<Api>['type']>;
  userMessage: Covers<Takes<typeof userMessageSchema>, ItemOf<Api, 'user_message'>>;
  userContent: Covers<Takes<typeof userContentSchema>, ItemOf<Api, 'user_message'>['content'][number]>;
  attachment: Covers<Takes<typeof attachmentSchema>, ItemOf<Api, 'user_message'>['attachments'][number]>;
  inference: Covers<
    Takes<typeof inferenceOptionsSchema>,
    NonNullable<ItemOf<Api, 'user_message'>['inference_options']>
  >;
  assistantMessage: Covers<Takes<typeof assistantMessageSchema>, ItemOf<Api, 'assistant_message'>>;
  outputText: Covers<Takes<typeof outputTextSchema>, ItemOf<Api, 'assistant_message'>['content'][number]>;
  annotation: Covers<
    Takes<typeof annotationSchema>,
    ItemOf<Api, 'assistant_message'>['content'][number]['annotations'][number]
  >;
  source: Covers<
    NonNullable<Takes<typeof annotationSchema>['source']>,
    ItemOf<Api, 'assistant_message'>['content'][number]['annotations'][number]['source']
  >;
  widget: Covers<Takes<typeof widgetSchema>, ItemOf<Api, 'widget'>>;
  toolCall: Covers<Takes<typeof clientToolCallSchema>, ItemOf<Api, 'client_tool_call'>>;
  task: Covers<Takes<typeof taskSchema>, ItemOf<Api, 'task'>>;
  taskGroup: Covers<Takes<typeof taskGroupSchema>, ItemOf<Api, 'task_group'>>;
  groupedTask: Covers<Takes<typeof groupedTaskSchema>, ItemOf<Api, 'task_group'>['tasks'][number]>;
  createSession: Same<Mutable<CreateSession>, SessionParams<Api>>;
  threadQuery: Same<Required<Mutable<ThreadQuery>>, Required<ThreadParams>>;
  itemQuery: Same<Required<Mutable<PageQuery>>, Required<ItemParams>>;
}

type Disagreements<Checks> = { [Name in keyof Checks as Checks[Name] extends true ? never : Name]: Checks[Name] };
/** Where something does not agree, the compiler's message names it and the field. */
type Verdict<Checks> = keyof Disagreements<Checks> extends never ? 'agrees' : Disagreements<Checks>;

const with7: Verdict<Agreement<Api7, Params7.ThreadListParams, Params7.ThreadListItemsParams>> = 'agrees';
const with6: Verdict<Agreement<Api6, Params6.ThreadListParams, Params6.ThreadListItemsParams>> = 'agrees';

test('schemas and the official types agree (checked when compiled)', (t) => {
  t.diagnostic(`openai 7: ${with7}; openai 6: ${with6}`);
});
