import { expect } from '@playwright/test';
import type { Json } from '../../../src/base/common/json.ts';
import { test, type WidgetPage } from './widgetPage.ts';

const cities = Array.from({ length: 20 }, (_, index) => ({ value: `c${index}`, label: `City ${index}` }));

const trip: Json = {
  type: 'Card',
  children: [
    {
      type: 'Form',
      onSubmitAction: { type: 'trip.save', payload: { trip: 7, fixed: 'mine' } },
      children: [
        { type: 'Label', value: 'City', fieldName: 'to.city' },
        { type: 'Input', name: 'to.city', required: true },
        { type: 'Label', value: 'Class', fieldName: 'class' },
        {
          type: 'Select',
          name: 'class',
          options: [
            { value: 'e', label: 'Economy' },
            { value: 'b', label: 'Business' },
          ],
          clearable: true,
        },
        { type: 'Select', name: 'from', options: cities, placeholder: 'From' },
        { type: 'Label', value: 'Day', fieldName: 'day' },
        { type: 'DatePicker', name: 'day', defaultValue: '2026-01-20T00:00:00', min: '2026-01-05', max: '2026-02-20' },
        {
          type: 'RadioGroup',
          name: 'meal',
          ariaLabel: 'Meal',
          options: [
            { value: 'v', label: 'Veg' },
            { value: 'f', label: 'Fish' },
          ],
        },
        { type: 'Checkbox', name: 'remind', label: 'Remind me', defaultChecked: true },
        { type: 'Textarea', name: 'notes', defaultValue: 'none', placeholder: 'Notes' },
        { type: 'Text', value: 'Old title', editable: { name: 'title', placeholder: 'Title' } },
        { type: 'Input', name: 'off', disabled: true, defaultValue: 'x' },
        { type: 'Input', name: 'fixed', defaultValue: 'yours', placeholder: 'Fixed' },
        { type: 'Button', label: 'Save', submit: true },
        { type: 'Button', label: 'Look', onClickAction: { type: 'trip.look', handler: 'client' } },
      ],
    },
  ],
};

const sent = (widgets: WidgetPage) => widgets.page.evaluate(() => window.sent);

test('a form sends the values of all fields', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  await widgets.draw([trip], { sends: true });
  await page.getByRole('textbox', { name: 'City' }).fill('Oslo');
  await page.getByRole('combobox', { name: 'Class' }).selectOption('Business');
  await page.getByRole('combobox', { name: 'From' }).click();
  await page.keyboard.type('city 1');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Day' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('radio', { name: 'Fish' }).check();
  await page.getByRole('checkbox', { name: 'Remind me' }).uncheck();
  await page.getByRole('textbox', { name: 'Notes' }).fill('two\nlines');
  await page.getByRole('textbox', { name: 'Title' }).fill('New title');
  await page.getByRole('button', { name: 'Save' }).click();
  const payload = {
    trip: 7,
    fixed: 'mine',
    to: { city: 'Oslo' },
    class: 'b',
    from: 'c10',
    day: '2026-02-19T00:00:00',
    meal: 'f',
    remind: false,
    notes: 'two\nlines',
    title: 'New title',
  };
  expect(await sent(widgets)).toEqual([
    {
      type: 'trip.save',
      payload,
      handler: 'server',
      loadingBehavior: 'auto',
      loading: 'container',
      streaming: true,
      trigger: 'submit',
      conflicts: ['fixed'],
    },
  ]);
  widgets.health.expectNone();
});

test('an empty required field blocks the form but not its other actions', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  await widgets.draw([trip], { sends: true });
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await sent(widgets)).toEqual([]);
  await expect(page.getByRole('textbox', { name: 'City' })).toBeFocused();
  await page.getByRole('button', { name: 'Look' }).click();
  // An action for the embedding app: shown with the fields of the form, not sent.
  const shown = page.getByRole('status', { name: 'For the embedding app (not sent)' });
  await expect(shown).toContainText('"type": "trip.look"');
  expect(JSON.parse((await shown.locator('pre').textContent()) ?? '')).toMatchObject({
    payload: { to: { city: '' }, remind: true, class: null },
  });
  await expect(shown).toContainText('self');
  expect(await sent(widgets)).toEqual([]);
});

test('a pattern blocks the form and cannot hang it', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  const field = (pattern: string): Json => ({
    type: 'Card',
    asForm: true,
    confirm: { label: 'Send', action: { type: 'send' } },
    children: [{ type: 'Input', name: 'plate', pattern, placeholder: 'Plate' }],
  });
  await widgets.draw([field('[A-Z]{2}[0-9]+')], { sends: true });
  const input = page.getByPlaceholder('Plate');
  const send = page.getByRole('button', { name: 'Send' });
  await input.fill('ab1');
  await expect.poll(() => input.evaluate((node: HTMLInputElement) => node.validationMessage)).not.toBe('');
  await send.click();
  expect(await sent(widgets)).toEqual([]);
  await input.fill('AB1');
  await expect.poll(() => input.evaluate((node: HTMLInputElement) => node.validationMessage)).toBe('');
  await send.click();
  expect((await sent(widgets))[0]).toMatchObject({ type: 'send', trigger: 'confirm', payload: { plate: 'AB1' } });

  await page.evaluate(() => window.finishActions());
  await widgets.draw([field('(a+)+b')], { sends: true });
  await input.fill('a'.repeat(5_000));
  await expect.poll(() => input.evaluate((node: HTMLInputElement) => node.validationMessage)).not.toBe('');
  expect(await input.getAttribute('pattern')).toBeNull();
});

test('a change sends the new value immediately', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  const action = { type: 'changed' };
  await widgets.draw(
    [
      {
        type: 'Card',
        asForm: true,
        children: [
          { type: 'Select', name: 's', options: [{ value: 'a', label: 'A' }], onChangeAction: action },
          { type: 'Checkbox', name: 'c', label: 'C', onChangeAction: action },
          { type: 'RadioGroup', name: 'r', options: [{ value: 'x', label: 'X' }], onChangeAction: action },
        ],
      },
      {
        type: 'Card',
        children: [
          { type: 'Checkbox', name: 'alone', label: 'Alone', onChangeAction: { type: 'alone', payload: { id: 1 } } },
        ],
      },
    ],
    { sends: true },
  );
  await page.getByRole('combobox').selectOption('a');
  await page.getByRole('checkbox', { name: 'C', exact: true }).check();
  await page.getByRole('radio', { name: 'X' }).check();
  await page.getByRole('checkbox', { name: 'Alone' }).check();
  expect((await sent(widgets)).map(({ type, payload, loading }) => ({ type, payload, loading }))).toEqual([
    { type: 'changed', payload: { s: 'a', c: false, r: null }, loading: 'none' },
    { type: 'changed', payload: { s: 'a', c: true, r: null }, loading: 'none' },
    { type: 'changed', payload: { s: 'a', c: true, r: 'x' }, loading: 'none' },
    { type: 'alone', payload: { id: 1 }, loading: 'none' },
  ]);
});

test('shows the loading state on the right component until the action ends', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  await widgets.draw(
    [
      {
        type: 'Card',
        children: [
          { type: 'Button', label: 'Self', onClickAction: { type: 'a' } },
          { type: 'Button', label: 'Whole', onClickAction: { type: 'b', loadingBehavior: 'container' } },
          { type: 'Button', label: 'None', onClickAction: { type: 'c', loadingBehavior: 'none' } },
        ],
      },
    ],
    { sends: true },
  );
  const root = page.locator('[data-widget-root]');
  await page.getByRole('button', { name: 'None' }).click();
  await expect(page.locator('[aria-busy]')).toHaveCount(0);
  const self = page.locator('[data-widget-type="Button"]', { hasText: 'Self' });
  await self.click();
  await expect(self).toHaveAttribute('aria-busy', 'true');
  await page.evaluate(() => window.finishActions());
  await expect(self).not.toHaveAttribute('aria-busy', 'true');
  await page.locator('[data-widget-type="Button"]', { hasText: 'Whole' }).click();
  await expect(root).toHaveAttribute('inert', '');
  await page.evaluate(() => window.finishActions());
  await expect(root).not.toHaveAttribute('inert', '');
});

test('shows the action if it cannot be sent', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  await widgets.draw([
    {
      type: 'Card',
      asForm: true,
      children: [{ type: 'Input', name: 'id', defaultValue: '9' }],
      confirm: { label: 'Go', action: { type: 'go', payload: { id: 1 }, handler: 'client', streaming: false } },
      cancel: { label: 'Stop', action: { type: 'stop' } },
    },
  ]);
  await page.getByRole('button', { name: 'Go' }).click();
  const forTheApp = page.getByRole('status', { name: 'For the embedding app (not sent)' });
  await expect(forTheApp).toContainText('"type": "go"');
  await expect(forTheApp).toContainText('"id": 1');
  await expect(forTheApp).toContainText('client');
  await expect(forTheApp).toContainText('container');
  await expect(forTheApp).toContainText('Synchronous');
  await expect(forTheApp.getByRole('alert')).toContainText('id');
  await page.getByRole('button', { name: 'Stop' }).click();
  const result = page.getByRole('status', { name: 'Not sent (this source cannot send actions)' });
  await expect(result).toContainText('"id": "9"');
  await result.getByRole('button', { name: 'Close' }).click();
  await expect(result).toHaveCount(0);
});

test('a list item is a button next to the buttons in it', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  await widgets.draw(
    [
      {
        type: 'ListView',
        limit: 2,
        children: ['a', 'b', 'c'].map((id) => ({
          type: 'ListViewItem',
          key: id,
          onClickAction: { type: 'row', payload: { id } },
          children: [
            { type: 'Text', value: `Row ${id}` },
            { type: 'Button', label: `Open ${id}`, onClickAction: { type: 'open', payload: { id } } },
          ],
        })),
      },
    ],
    { sends: true },
  );
  await page.getByRole('button', { name: 'Row a' }).click();
  await page.getByRole('button', { name: 'Open b', exact: true }).click();
  await page.getByRole('button', { name: 'Row b' }).focus();
  await page.keyboard.press('Enter');
  expect((await sent(widgets)).map(({ type, payload }) => [type, payload])).toEqual([
    ['row', { id: 'a' }],
    ['open', { id: 'b' }],
    ['row', { id: 'b' }],
  ]);
  await expect(page.getByText('Row c')).toHaveCount(0);
  await page.getByRole('button', { name: 'Show 1 more' }).click();
  await expect(page.getByText('Row c')).toBeVisible();
});
