/** What opening a link needs of the editor. */
export interface LinkOpener {
  /** Asks before a message to `address` is written. */
  confirmMail(address: string): Promise<boolean>;
  /** Opens an address outside the editor, which asks first where it does not trust the host of an `https:` address. */
  open(href: string): Promise<unknown>;
}

/**
 * Opens a link of a page. The editor asks by itself before it opens `https:`, but not before `mailto:`, so this does.
 * Ignores all other schemes.
 */
export async function openLink(url: string, opener: LinkOpener): Promise<void> {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address?.protocol === 'https:') {
    await opener.open(address.href);
  } else if (address?.protocol === 'mailto:' && (await opener.confirmMail(address.href.slice('mailto:'.length)))) {
    await opener.open(address.href);
  }
}
