import { Component, type ReactNode } from 'react';

interface Props {
  /** Stands in its place. A browser never loads a module again that failed once, so there is no trying anew. */
  readonly failed: ReactNode;
  readonly children: ReactNode;
}

/** Keeps what cannot be loaded or drawn to its own place: the rest of the page goes on. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.failed : this.props.children;
  }
}
