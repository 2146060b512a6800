/** @param {unknown} value @returns {string[]} every `description` in a JSON schema */
function descriptionsIn(value) {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'description' && typeof member === 'string' ? [member] : descriptionsIn(member),
  );
}

/**
 * Returns the texts that the source translates with `referenceText`: those of the protocol rules, and of the components
 * of widgets and their properties.
 * @param {readonly { title: string, explanation: string, cause: string, fix: { python: string, node: string } }[]} rules
 * @param {unknown} widgetSchema
 * @returns {readonly string[]}
 */
export function catalogueTexts(rules, widgetSchema) {
  const ofRules = rules.flatMap(({ title, explanation, cause, fix }) => [
    title,
    explanation,
    cause,
    ...Object.values(fix),
  ]);
  return [...new Set([...ofRules, ...descriptionsIn(widgetSchema)])];
}
