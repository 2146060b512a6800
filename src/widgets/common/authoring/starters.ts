import * as l10n from '@vscode/l10n';
import type { Json, JsonObject } from '../../../base/common/json.ts';
import { encodeWidget } from '../templates/widgetFile.ts';
import { starterTemplates } from './starterTemplates.ts';

/** A template with data from which a widget file is created. */
interface Starter {
  readonly id: string;
  /** Localized. */
  readonly title: string;
  /** Localized; one sentence. */
  readonly summary: string;
  /** Suggested name of the file, without its ending. */
  readonly fileName: string;
  readonly template: string;
  readonly jsonSchema: JsonObject;
  readonly data: JsonObject;
}

const string = { type: 'string' };
const number = { type: 'number' };

function object(properties: JsonObject): JsonObject {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function list(properties: JsonObject): JsonObject {
  return { type: 'array', items: object(properties) };
}

/** The starting points of *New Widget…*, in the order in which they are offered. */
export function starters(): readonly Starter[] {
  return [
    {
      id: 'order',
      title: l10n.t('Order status'),
      summary: l10n.t('A card with a badge, the lines of an order and its total.'),
      fileName: 'order-status',
      template: starterTemplates.order,
      jsonSchema: object({
        order: string,
        headline: string,
        status: string,
        late: { type: 'integer', description: 'Days of delay' },
        lines: list({ name: string, price: number }),
      }),
      data: {
        order: '1042',
        headline: 'Arriving tomorrow',
        status: 'On time',
        late: 0,
        lines: [
          { name: 'Hiking socks', price: 12.5 },
          { name: 'Rain jacket', price: 79 },
        ],
      },
    },
    {
      id: 'results',
      title: l10n.t('Search results'),
      summary: l10n.t('A list whose rows run an action when they are clicked.'),
      fileName: 'search-results',
      template: starterTemplates.results,
      jsonSchema: object({ results: list({ id: string, title: string, text: string }) }),
      data: {
        results: [
          { id: 'r1', title: 'Return policy', text: 'Send items back within 30 days.' },
          { id: 'r2', title: 'Delivery times', text: 'Two to four days in Europe.' },
          { id: 'r3', title: 'Gift cards', text: 'Valid for three years.' },
        ],
      },
    },
    {
      id: 'form',
      title: l10n.t('Form'),
      summary: l10n.t('A card that sends its fields with one action.'),
      fileName: 'contact-form',
      template: starterTemplates.form,
      jsonSchema: object({ title: string, name: string }),
      data: { title: 'Contact us', name: 'Ada' },
    },
    {
      id: 'confirmation',
      title: l10n.t('Confirmation'),
      summary: l10n.t('Asks before something happens, with two buttons.'),
      fileName: 'confirmation',
      template: starterTemplates.confirmation,
      jsonSchema: object({ id: string, question: string, details: string, confirm: string }),
      data: {
        id: 'b7',
        question: 'Cancel this booking?',
        details: 'The room is released immediately. The deposit is returned within three days.',
        confirm: 'Cancel booking',
      },
    },
    {
      id: 'chart',
      title: l10n.t('Chart'),
      summary: l10n.t('Numbers of several months as bars and a line.'),
      fileName: 'report',
      template: starterTemplates.chart,
      jsonSchema: object({ title: string, months: list({ month: string, sales: number, plan: number }) }),
      data: {
        title: 'Sales of this year',
        months: [
          { month: 'Jan', sales: 12, plan: 10 },
          { month: 'Feb', sales: 15, plan: 13 },
          { month: 'Mar', sales: 11, plan: 14 },
          { month: 'Apr', sales: 19, plan: 16 },
        ],
      },
    },
    {
      id: 'table',
      title: l10n.t('Table'),
      summary: l10n.t('Rows and columns with a header and aligned numbers.'),
      fileName: 'price-table',
      template: starterTemplates.table,
      jsonSchema: object({
        title: string,
        plans: list({ name: string, seats: { type: 'integer' }, price: { type: 'integer' } }),
      }),
      data: {
        title: 'Plans',
        plans: [
          { name: 'Starter', seats: 3, price: 0 },
          { name: 'Team', seats: 25, price: 240 },
          { name: 'Company', seats: 500, price: 3600 },
        ],
      },
    },
    {
      id: 'profile',
      title: l10n.t('Profile'),
      summary: l10n.t('A person with a role, facts and two buttons.'),
      fileName: 'profile',
      template: starterTemplates.profile,
      jsonSchema: object({ name: string, role: string, facts: list({ icon: string, text: string }) }),
      data: {
        name: 'Grace Kim',
        role: 'Customer success',
        facts: [
          { icon: 'map-pin', text: 'Lisbon, UTC+1' },
          { icon: 'clock', text: 'Answers within two hours' },
        ],
      },
    },
    {
      id: 'survey',
      title: l10n.t('Survey'),
      summary: l10n.t('One question with options and a comment.'),
      fileName: 'survey',
      template: starterTemplates.survey,
      jsonSchema: object({ id: string, question: string, options: { type: 'array', items: string } }),
      data: {
        id: 's3',
        question: 'How was your delivery?',
        options: ['Faster than expected', 'As expected', 'Too late'],
      },
    },
    {
      id: 'booking',
      title: l10n.t('Booking'),
      summary: l10n.t('A date, a choice and a number of people.'),
      fileName: 'booking',
      template: starterTemplates.booking,
      jsonSchema: object({ place: string, note: string, first_day: string, times: { type: 'array', items: string } }),
      data: {
        place: 'Table at the Harbour',
        note: 'The terrace is open in **good weather**.',
        first_day: '2026-01-05T00:00:00',
        times: ['18:00', '19:30', '21:00'],
      },
    },
    {
      id: 'progress',
      title: l10n.t('Progress'),
      summary: l10n.t('Steps with their state and a bar.'),
      fileName: 'progress',
      template: starterTemplates.progress,
      jsonSchema: object({ title: string, steps: list({ name: string, done: { type: 'boolean' } }) }),
      data: {
        title: 'Set up your account',
        steps: [
          { name: 'Confirm your address', done: true },
          { name: 'Invite your team', done: true },
          { name: 'Connect a calendar', done: false },
        ],
      },
    },
  ];
}

/** Returns the text of a `.widget` file. `preview` is the widget that the template renders with the data. */
export function widgetFileText({ title, template, jsonSchema, data }: Starter, preview: Json): string {
  const studio = JSON.stringify({ name: title, defaultState: data });
  const encodedWidget = encodeWidget(studio);
  const file = { version: '1.0', name: title, template, jsonSchema, outputJsonPreview: preview, encodedWidget };
  return `${JSON.stringify(file, null, 2)}\n`;
}
