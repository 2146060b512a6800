import { type SeedThread, assistant, hours, native, user, users } from '../builders/buildThread.ts';
import { pictures } from '../builders/art.ts';

/**
 * A conversation with items that only the self-hosted protocol has (chatkit-api 5.5). The hosted API returns those it has
 * a type for.
 */
export const nativeThread: SeedThread = {
  key: 'heat pumps',
  user: users.mara,
  title: 'Heat pump for a house of 1936',
  ago: hours(2) + 1200,
  imageDomains: ['127.0.0.1', 'images.example'],
  lines: [
    native(0, { type: 'hidden_context_item', content: { house: { year: 1936, area: 142 }, locale: 'en-NO' } }),
    user(1, 'Which heat pump suits a wooden house from 1936, 142 m²?'),
    native(1, {
      type: 'workflow',
      workflow: {
        type: 'reasoning',
        expanded: false,
        summary: { duration: 14 },
        tasks: [
          {
            type: 'thought',
            status_indicator: 'complete',
            title: 'What limits the choice',
            content: 'Wooden walls without insulation lose about **70 W/m²** at −15 °C. That asks for roughly 10 kW.',
          },
          {
            type: 'web_search',
            status_indicator: 'complete',
            title: 'Looked for tests in cold climates',
            title_query: 'air to water heat pump -20 test',
            queries: ['air to water heat pump -20 test', 'heat pump 1930s wooden house'],
            sources: [
              {
                type: 'url',
                title: 'Nordic heat pump test 2026',
                url: 'https://test.example/heat-pumps-2026',
                attribution: 'test.example',
                description: 'Twelve models at −7, −15 and −20 °C',
              },
              {
                type: 'url',
                title: 'Old houses, new heat',
                url: 'https://energy.example/old-houses',
                attribution: 'energy.example',
              },
            ],
          },
          {
            type: 'file',
            status_indicator: 'complete',
            title: 'Read the energy certificate',
            sources: [{ type: 'file', title: 'Energy certificate', filename: 'energimerke-1936.pdf' }],
          },
          { type: 'image', status_indicator: 'complete', title: 'Drew the installation' },
          {
            type: 'custom',
            status_indicator: 'complete',
            title: 'Compared 4 offers',
            icon: 'analytics',
            content: 'Cheapest over 15 years: **Bjørk 12**',
          },
        ],
      },
    }),
    native(2, { type: 'generated_image', image: { id: 'img_installation', url: pictures.mountains } }),
    native(1, {
      type: 'assistant_message',
      content: [
        {
          type: 'output_text',
          text: 'Take the **Bjørk 12** air-to-water pump. It still gives 9.8 kW at −20 °C, enough for your house, and needs no change to the radiators on the ground floor.',
          annotations: [
            {
              type: 'annotation',
              index: 42,
              source: {
                type: 'entity',
                id: 'product_bjork_12',
                title: 'Bjørk 12',
                label: 'Product',
                inline_label: 'Bjørk 12',
                icon: 'cube',
                interactive: true,
                data: { sku: 'BJ-12', price: 8990 },
              },
            },
            {
              type: 'annotation',
              index: 82,
              source: {
                type: 'url',
                title: 'Nordic heat pump test 2026',
                url: 'https://test.example/heat-pumps-2026',
                attribution: 'test.example',
                timestamp: '2026-10-02T00:00:00',
              },
            },
            {
              type: 'annotation',
              source: { type: 'file', title: 'Energy certificate', filename: 'energimerke-1936.pdf' },
            },
          ],
        },
      ],
    }),
    native(0, { type: 'sdk_hidden_context', content: 'The user has seen one recommendation.' }),
    native(1, {
      type: 'structured_input',
      status: 'answered',
      inputs: [
        {
          id: 'radiators',
          question: 'Which radiators are upstairs?',
          type: 'multiple_choice',
          multiple: true,
          options: [{ value: 'Cast iron' }, { value: 'Panel' }, { value: 'Electric' }],
          answer: { values: ['Cast iron'], skipped: false },
        },
        {
          id: 'budget',
          question: 'What may it cost at most?',
          type: 'freeform',
          description: 'Installation included',
          answer: { values: ['14,000 €'], skipped: false },
        },
      ],
    }),
    native(1, {
      type: 'task',
      task: {
        type: 'custom',
        status_indicator: 'none',
        title: 'Asked two installers',
        icon: 'phone',
        content: 'Both can come in January.',
      },
    }),
    native(0, { type: 'end_of_turn' }),
    assistant(1, 'Two installers near you can do it in January for less than that. Shall I ask for binding offers?'),
    native(1, {
      type: 'structured_input',
      status: 'pending',
      inputs: [
        {
          id: 'offers',
          question: 'Ask both installers for an offer?',
          type: 'multiple_choice',
          multiple: false,
          options: [{ value: 'Both' }, { value: 'Only the nearer one' }, { value: 'Neither' }],
        },
        { id: 'phone', question: 'When may they call you?', type: 'freeform' },
      ],
    }),
  ],
};
