/** A codicon. Decorative: what it means stands in the name of whatever carries it. */
export function Icon({ name, spin = false }: { readonly name: string; readonly spin?: boolean }) {
  return <span className={`codicon codicon-${name}${spin ? ' codicon-modifier-spin' : ''}`} aria-hidden="true" />;
}
