import { memo, useLayoutEffect, useRef, useState } from 'react';
import { IncrementalBlocks } from './incrementalBlocks.ts';
import { Markdown, type MarkdownProps } from './Markdown.tsx';
import { renderGrowing } from './render.ts';

/** Markdown that is being streamed: complete blocks are rendered once, only the last block is rendered again. */
export function StreamingMarkdown({ text, renderImage }: MarkdownProps) {
  const [blocks] = useState(() => new IncrementalBlocks());
  const { done, rest } = blocks.update(text);
  return (
    <>
      {done.map((block, index) => (
        <Block key={index} text={block} {...(renderImage === undefined ? {} : { renderImage })} />
      ))}
      <Rest text={rest} />
    </>
  );
}

const Block = memo(Markdown, (before, after) => before.text === after.text);

function Rest({ text }: { readonly text: string }) {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => root.current?.replaceChildren(renderGrowing(text)), [text]);
  return <div className="markdown" ref={root} />;
}
